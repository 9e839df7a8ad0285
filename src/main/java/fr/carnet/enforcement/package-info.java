/**
 * The only place with access interceptors: asks {@code policy}, obeys.
 *
 * <p>In the order of a request: {@link fr.carnet.enforcement.Cloakroom} (what exists at all), {@link
 * fr.carnet.enforcement.Judge} (whose record, may he), {@link fr.carnet.enforcement.WriteJudge} (each resource before it is
 * stored), {@link fr.carnet.enforcement.Sieve} (each resource before it leaves), {@link fr.carnet.enforcement.Notary} (the
 * trace, before the first byte), {@link fr.carnet.enforcement.Refusals} (every other answer), {@link
 * fr.carnet.enforcement.Tally} (what is counted), with {@link fr.carnet.enforcement.Usher} showing the way. Why it was decided so is told by {@link
 * fr.carnet.enforcement.ExplanationProvider}; {@link fr.carnet.enforcement.RecordCopies} asks and obeys where no request came
 * in. Neighbours: uses {@code policy},
 * {@code caller}, {@code validation}, {@code dmp}, {@code document} and {@code trace}; put in order by {@code server}.
 */
package fr.carnet.enforcement;
