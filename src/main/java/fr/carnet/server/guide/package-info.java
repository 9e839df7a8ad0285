/**
 * The implementation guide: reads what {@code ig/} was compiled to, and shows it as pages under {@code /ig/}, open to everybody,
 * without personal data.
 */
package fr.carnet.server.guide;
