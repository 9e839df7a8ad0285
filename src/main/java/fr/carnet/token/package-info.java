/**
 * The token service: proves who somebody is by one of the ways in (Pro Santé Connect, establishment, patient), and says it
 * in an access token of our own, short-lived and bound to the client where it has a key (IUA ITI-71, ITI-102, ITI-103).
 *
 * <p>Uses {@code shared}, {@code directory}, {@code caller} (whose door reads what is written here) and {@code trace}. It
 * knows nothing of any record: an access token opens nothing by itself, the policy decides at each request.
 */
package fr.carnet.token;
