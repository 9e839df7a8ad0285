/**
 * Notices: what people are told of a record, and how it reaches them (R57, R96–R99, R113).
 *
 * <p>{@link fr.carnet.messaging.notice.NoticeRound} makes notices of what is owed, {@link
 * fr.carnet.messaging.notice.MailCourier} carries them as e-mail, {@link fr.carnet.messaging.notice.Letters} prints the others.
 * A notice says that something is new, and nothing else.
 */
package fr.carnet.messaging.notice;
