/** The record itself: patient by INS, its state, the patient's choices and the professionals' authorisations. */
package fr.carnet.dmp;
