/** ITI-66 Find Document Lists, and the read of one. */
package fr.carnet.document.iti66;
