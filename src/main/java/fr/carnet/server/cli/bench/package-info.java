/** A deterministic data set and closed-loop workloads, with what they cost the server and PostgreSQL. */
package fr.carnet.server.cli.bench;
