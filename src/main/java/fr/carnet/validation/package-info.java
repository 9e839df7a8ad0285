/** What a submission must look like: PDSm rules, code tables, CDA header. */
package fr.carnet.validation;
