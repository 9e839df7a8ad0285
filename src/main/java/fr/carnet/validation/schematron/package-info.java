/**
 * Schematrons of CDA documents, those that the operator has put beside the server: which of them a document is held to, and
 * what they say of it. The engine is Saxon; here its doors are shut, for neither a document nor a schematron makes the server
 * read, write or fetch anything outside the operator's folder. Neighbours: the validation room asks for each document.
 */
package fr.carnet.validation.schematron;
