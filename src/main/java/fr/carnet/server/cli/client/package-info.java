/** What a client of Carnet needs: a FHIR client, the sandbox's issuer, and the resources that a software sends. */
package fr.carnet.server.cli.client;
