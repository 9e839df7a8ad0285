/**
 * The sandbox: a fictional cast, the issuer that gives them tokens, a clock that can be moved, and a reset.
 *
 * <p>Exists only with the profile {@code sandbox}. Uses the public APIs of the other rooms; nothing depends on it.
 */
package fr.carnet.sandbox;
