/**
 * The certificate authority of the sandbox: two floors and the names of certificates as in IGC-Santé, with none of its trust.
 *
 * <p>Gives vendors the certificates that they would order, and those that nobody could order: expired, revoked, of another
 * authority. It writes the folder of authorities that the token service reads; nothing else of the server knows it.
 */
package fr.carnet.sandbox.igc;
