/**
 * Conversations between a patient and a mailbox of a professional or a structure (R160–R166, R171).
 *
 * <p>Every message is a {@code Communication}, kept by {@code messaging}; what makes a conversation of them, and the files
 * that go with them, is kept here. Who may write is decided by {@code policy}, before this room is called. Neighbours: uses
 * {@code shared}, {@code policy}, {@code validation}, {@code outbox} and {@code messaging}; {@code messaging.mssante} carries
 * messages to and from mailboxes.
 */
package fr.carnet.messaging.conversation;
