/**
 * The VIHF: the SAML 2.0 assertion by which software of the DMP has long said who acts (R80–R84, RFC 7522).
 *
 * <p>Reads XML that anybody may have sent: nothing is fetched, and only what the certificate of a known establishment has
 * signed is read. Neighbours: {@code token} exchanges it for a token of its own; uses {@code token.establishment}.
 */
package fr.carnet.token.vihf;
