/**
 * The door: who calls, and in which circumstances.
 *
 * <p>Verifies the bearer token of a configured issuer, reads the caller and the access context from its claims, and
 * refuses everything else before FHIR sees it: bad tokens, compressed or oversized bodies, unknown paths. There is one door:
 * the Web access comes through it like any software (R87). Neighbours:
 * uses {@code shared}; {@code trace} and {@code enforcement} read the {@link fr.carnet.caller.CallerSession}.
 */
package fr.carnet.caller;
