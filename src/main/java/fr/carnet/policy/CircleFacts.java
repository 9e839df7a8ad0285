package fr.carnet.policy;

/** What somebody wants to declare, change or read of the people around a patient: a care team, or who acts for him. */
public sealed interface CircleFacts permits TeamFacts, RelatedFacts {}
