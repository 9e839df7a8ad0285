/**
 * The index of texts in Elasticsearch: one index a generation, behind an alias, made from an index template. A record's documents lie
 * together (routing by patient), so that a search asks one shard.
 */
package fr.carnet.fulltext.elastic;
