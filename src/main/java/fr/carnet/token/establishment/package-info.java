/**
 * What an establishment proves and states: its certificate of IGC-Santé, and the assertion that it signs for one of its
 * professionals (AIR, RFC 7523; R74–R83).
 *
 * <p>Pure cryptography and reading: whom the directory knows, which establishments and which software are declared, and
 * what the professional may then do are told elsewhere. Neighbours: {@code token} asks it, {@code token.vihf} reads the
 * older form of the same statements; uses {@code shared} and the names of roles of {@code caller}.
 */
package fr.carnet.token.establishment;
