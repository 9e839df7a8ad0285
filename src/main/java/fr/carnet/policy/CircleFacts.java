package fr.carnet.policy;

/**
 * What somebody wants to declare, change or read of the people around a patient: a care team, who acts for him, what they are
 * told or write to each other.
 */
public sealed interface CircleFacts permits TeamFacts, RelatedFacts, CommunicationFacts, ConversationFacts {}
