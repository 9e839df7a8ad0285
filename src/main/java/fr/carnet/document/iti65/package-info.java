/** ITI-65 Provide Document Bundle. */
package fr.carnet.document.iti65;
