/** The document flows on the running server, as clients see them: publication, search, retrieval, update, identity. */
package fr.carnet.server.flow;
