/** The index of texts in PostgreSQL's own full text search: no engine to run, as fast as one for the record of one patient. */
package fr.carnet.fulltext.postgres;
