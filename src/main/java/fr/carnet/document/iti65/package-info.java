/**
 * ITI-65 Provide Document Bundle: {@link fr.carnet.document.iti65.Intake} reads and checks, the judge decides on what it
 * prepared, {@link fr.carnet.document.iti65.ProvideBundleProvider} stores it in one transaction.
 */
package fr.carnet.document.iti65;
