/**
 * The overview of a record: in one call the documents that a caller sees, by rubric, the most useful first.
 *
 * <p>Which rubrics there are, which types stand in them and which come first is data: {@code /terminology/rubrics.tsv}.
 * {@code enforcement} reads the question and judges it as a search; the rows come from {@link
 * fr.carnet.document.Registry}, pass the sieve and leave through {@link fr.carnet.document.RegistryWriter}.
 */
package fr.carnet.document.overview;
