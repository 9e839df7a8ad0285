/** Every access leaves a durable trace, before the answer. */
package fr.carnet.trace;
