CodeSystem: CommunicationKind
Id: communication-kind
Title: "Nature d'une communication"
Description: "Ce que FHIR ne nomme pas dans Communication.category."
* insert OwnSystem
* #message "Message d'une conversation"

Extension: ConversationClosed
Id: conversation-closed
Title: "Conversation close"
Description: "Quand le professionnel a clos la conversation (R163) ; sur son premier message."
Context: Communication
* value[x] 1..1
* value[x] only dateTime

Profile: CarnetMessage
Parent: Communication
Id: carnet-message
Title: "Message"
Description: "Un message entre un patient et la boîte d'un professionnel ou d'une structure (R160 à R164). Le premier ouvre la conversation ; partOf le nomme dans les suivants. Les pièces jointes sont des PDF, des images JPEG ou PNG, ou des documents CDA du patient (R171) ; leurs octets ne sont donnés qu'à la lecture d'un seul message."
* modifierExtension 0..0
* contained 0..0
* identifier 0..0
* extension contains ConversationClosed named closed 0..1
* status ^short = "in-progress : envoyé ; completed : lu ; not-done : non remis"
* category 1..1
* category = https://carnet.example/fhir/CodeSystem/communication-kind#message
* subject 1..1
* subject ^short = "Le patient du dossier"
* topic 0..0
* about 0..0
* encounter 0..0
* partOf 0..1
* partOf only Reference(Communication)
* inResponseTo 0..1
* sender 1..1
* recipient 1..1
* sent 1..1
* reasonCode 0..0
* reasonReference 0..0
* payload 1..*
* payload.content[x] only string or Attachment
* note 0..0
