/**
 * What is done to a server and to its engines on purpose: killed, frozen, filled, lied to; and what it has to answer. The
 * list is {@code faults/faults.tsv} (numbers and order of the security chapter), each test names its numbers with
 * {@link fr.carnet.faults.FaultTest}, and each proves that the fault really happened.
 */
package fr.carnet.faults;
