/**
 * The heart: who may do what to which document, and why not.
 *
 * <p>Pure Java. The decision is total: no clock, no I/O, no logging; facts are gathered before
 * the call. {@link fr.carnet.policy.Policy} decides; the same rules come as text keys for SQL
 * ({@link fr.carnet.policy.VisibilityKeys}), and a property test proves both equal. Rule numbers are those of the published rule book. Neighbours: uses {@code shared}; every room that
 * enforces or shows a decision uses its types.
 */
package fr.carnet.policy;
