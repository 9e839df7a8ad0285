/** ITI-68 Retrieve Document. */
package fr.carnet.document.iti68;
