/**
 * The bridge between conversations and MSSanté, the secure mail of French health professionals (R160–R171).
 *
 * <p>Mail comes in from one mailbox over IMAP and goes out over SMTP, both under TLS. What comes in is read as if its sender
 * were hostile; what goes out waits in the {@code outbox}. The address of a patient holds his matricule: no address ever
 * stands in a log. Neighbours: uses {@code shared}, {@code validation}, {@code outbox}, {@code messaging.xdm}, {@code
 * messaging.conversation} and {@code messaging.copy}.
 */
package fr.carnet.messaging.mssante;
