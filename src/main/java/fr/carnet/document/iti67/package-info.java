/** ITI-67 Find Document References, and the read of one. */
package fr.carnet.document.iti67;
