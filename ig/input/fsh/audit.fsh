Profile: CarnetAuditEvent
Parent: AuditEvent
Id: carnet-audit-event
Title: "Trace d'accès"
Description: "Une trace telle que le serveur la montre, à la manière de BALP et des messages d'audit de MHD. Le titulaire lit les siennes ; ce qu'une trace dirait de plus que le lecteur ne peut savoir en est retiré (R95, R144)."
* modifierExtension 0..0
* type 1..1
* action 1..1
* recorded 1..1
* outcome 1..1
* outcome from audit-outcome (required)
* outcome ^short = "0 : permis ; 4 : refusé ; 8 : échec"
* outcomeDesc ^short = "Règle du refus"
* agent 2..*
* agent ^short = "Le logiciel, le serveur, la personne, sa structure"
* agent.who ^short = "Le titulaire y est nommé par Patient/<id> : son matricule n'est pas répété"
* source.observer.identifier 1..1
* entity 1..*
* entity ^short = "Le patient, le consentement qui a ouvert le dossier, ce qui a été lu ou écrit, la recherche, l'identifiant de corrélation"
