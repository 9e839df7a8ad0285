/** The guided tour of a sandbox: what a document's life looks like to each of the cast, every outcome checked. */
package fr.carnet.server.cli.tour;
