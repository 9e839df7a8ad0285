/** Puts the house together: Spring Boot, HAPI, database, command line. */
package fr.carnet.server;
