/**
 * The implementation guide: its sources in {@code ig/}, compiled by SUSHI into {@code profiles/}, agree with each other and
 * with the code.
 */
package fr.carnet.ig;
