/** Pro Santé Connect as the sandbox plays it: the cast's professionals, with the spellings of its documentation. */
package fr.carnet.sandbox.psc;
