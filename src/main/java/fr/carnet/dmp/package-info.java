/**
 * The record itself: patient by INS, its state, the patient's choices, the professionals' authorisations, and the people
 * around him: care teams and who acts for him in law.
 *
 * <p>Truth is the resources in HAPI's store; beside them, in the same transaction, one row per patient holds the facts
 * that a decision asks for; {@code RecordRebuild} makes them anew. Decides nothing: the judge has spoken before a provider is called. {@code RecordKeeper} leads a
 * record from state to state, by hand and by time; what time did is told to {@code RecordEvents}; {@code RecordDestruction} does
 * for one record what is due, at an operator's word. Neighbours: uses
 * {@code shared}, types of {@code policy}, and {@code validation}, which holds what is declared to its profile; {@code enforcement} asks {@code PatientRecords} and {@code ConsentResources}
 * for facts, {@code sandbox} loads its cast through {@code RecordRegistration}.
 */
package fr.carnet.dmp;
