/**
 * The grammar of FHIR R4, asked of a body as it was written, before it is parsed: HAPI's parser drops what it does not know,
 * a misspelt {@code securityLabel} and with it a mask. Pure: text goes in, issues come out. Neighbours: {@code enforcement}
 * asks it at the entrance, {@code document} of what a patch has made.
 */
package fr.carnet.validation.syntax;
