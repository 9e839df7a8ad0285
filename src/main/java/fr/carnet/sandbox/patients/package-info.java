/** The provider of patients and representatives as the sandbox plays it, in the manner of FranceConnect. */
package fr.carnet.sandbox.patients;
