/**
 * The door: who calls, and in which circumstances.
 *
 * <p>Verifies the bearer token of a configured issuer, reads the caller and the access context from its claims, and
 * refuses everything else before FHIR sees it: bad tokens, compressed or oversized bodies, unknown paths. There is one door:
 * the Web access comes through it like any software (R87). Here is also what is {@link fr.carnet.caller.Told} of a request to who
 * counts, its {@link fr.carnet.caller.Way} as spans, and the port for whoever runs the server. Neighbours:
 * uses {@code shared}; {@code trace} and {@code enforcement} read the {@link fr.carnet.caller.CallerSession}.
 */
package fr.carnet.caller;
