/**
 * ITI-105 Simplified Publish: one DocumentReference with its document inside. Lot and Binary are the server's; checks,
 * judgement and storage are those of {@link fr.carnet.document.iti65}.
 */
package fr.carnet.document.iti105;
