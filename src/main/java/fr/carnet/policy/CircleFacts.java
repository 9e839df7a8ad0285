package fr.carnet.policy;

/**
 * What somebody wants to declare, change or read of the people around a patient: a care team, who acts for him, or a
 * conversation with one of them.
 */
public sealed interface CircleFacts permits TeamFacts, RelatedFacts, ConversationFacts {}
