/**
 * The national teleservice of identities, INSi: search by traits and verification.
 *
 * <p>{@link fr.carnet.directory.insi.InsiTeleservice} is the port; its one implementation speaks SOAP 1.2 over TLS with a
 * client certificate. {@link fr.carnet.directory.insi.LocalIdentity} is what follows for the status of an identity (R4, R7).
 * What is asked and answered is personal data: it appears in no log, message of an exception, or URL.
 * Neighbours: {@code shared}, and {@code validation} for the hardened reading of XML and the comparison of traits (R8).
 */
package fr.carnet.directory.insi;
