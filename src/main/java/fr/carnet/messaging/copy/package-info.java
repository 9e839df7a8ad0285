/**
 * Copies of documents that a depositor sends along with his deposit: to the patient's mailbox, and to the treating physician
 * (R169, R170).
 *
 * <p>{@link fr.carnet.messaging.copy.Copies} keeps what is owed in the transaction of the deposit; when a copy leaves, the
 * policy is asked again through the {@link fr.carnet.messaging.copy.CopyCourt}. Neighbours: uses {@code outbox} and {@code
 * messaging.conversation}; {@code messaging.mssante} carries what goes to physicians; {@code enforcement} asks for copies
 * and judges them.
 */
package fr.carnet.messaging.copy;
