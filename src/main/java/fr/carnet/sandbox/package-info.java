/** Cast, embedded issuer and clock for a laptop; only with the profile {@code sandbox}; nothing depends on it. */
package fr.carnet.sandbox;
