/**
 * What people are told, and what they write to each other: {@code Communication}.
 *
 * <p>{@link fr.carnet.messaging.Communications} keeps notices and messages, {@link
 * fr.carnet.messaging.CommunicationProvider} shows them to those to whom they are addressed. Neighbours: uses {@code dmp},
 * {@code document}, {@code policy}, {@code validation} and {@code outbox}; judged and served by {@code enforcement}.
 */
package fr.carnet.messaging;
