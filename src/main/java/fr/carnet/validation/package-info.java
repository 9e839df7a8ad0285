/**
 * What a submission must look like: PDSm and MHD rules as code, code tables, CDA header.
 *
 * <p>Pure and stateless: a parsed Bundle or the bytes of a document go in, values and findings come out. No clock, no
 * store, no policy: who may do what is asked elsewhere. Neighbours: uses {@code shared} and the FHIR model; {@code document}
 * runs the transactions with it, the command line builds submissions with it.
 */
package fr.carnet.validation;
