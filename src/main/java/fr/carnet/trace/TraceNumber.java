package fr.carnet.trace;

/**
 * Number of a trace in its table; it never leaves the server, for its gaps would tell of others.
 *
 * @param seq the number
 */
public record TraceNumber(long seq) {}
