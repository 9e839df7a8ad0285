/**
 * The values of the field: patient, professional and structure identifiers, document types, who calls and how.
 *
 * <p>Immutable, built once, refusing bad input. Knows nothing but the JDK; every other room may use it.
 */
package fr.carnet.shared;
