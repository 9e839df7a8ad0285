// Carnet's own codes. Rules, error codes and the tables of the field are written from the code's own tables: see generated/.

RuleSet: OwnSystem
* ^caseSensitive = true
* ^content = #complete
* ^experimental = false

RuleSet: OwnValueSet
* ^experimental = false

CodeSystem: ConsentKind
Id: consent-kind
Title: "Nature d'un choix"
Description: "Ce que dit un choix du patient, dans Consent.category."
* insert OwnSystem
* #authorisation "Autorisation d'un professionnel"
* #block "Blocage d'un professionnel"
* #oppose-bris-de-glace "Opposition au bris de glace"
* #oppose-centre-15 "Opposition à l'accès du centre 15"
* #oppose-deposit "Opposition légitime à des dépôts"
* #mask-all "Tout masquer"
* #treating-physician-rights "Droits du médecin traitant"
* #nursing-home "Accord au médecin de l'établissement"
* #digital-service "Autorisation d'un service numérique"
* #curator "Accord au curateur"

ValueSet: ConsentKindVS
Id: consent-kind
Title: "Natures de choix"
Description: "Toutes les natures de choix."
* insert OwnValueSet
* include codes from system ConsentKind

CodeSystem: Relationship
Id: relationship
Title: "Lien avec le patient"
Description: "Les liens que FHIR ne nomme pas."
* insert OwnSystem
* #curator "Curateur" "Assiste une personne majeure (R149)."

ValueSet: RelationshipVS
Id: relationship
Title: "Liens avec le patient"
Description: "Parents, tuteur, curateur (R147, R149)."
* insert OwnValueSet
* $v3-RoleCode#PRN
* $v3-RoleCode#MTH
* $v3-RoleCode#FTH
* $v3-RoleCode#GUARD
* Relationship#curator

CodeSystem: RecordStateCS
Id: record-state
Title: "État du dossier"
Description: "États d'un espace (R10)."
* insert OwnSystem
* #NONE "Pas encore informé" "Aucun dossier n'existe avant l'ouverture (R14)."
* #NOTIFIED "Informé" "Les six semaines courent (R12)."
* #OPENED_AUTO "Ouvert sans opposition" "Ouvert après six semaines (R12)."
* #OPENED_ACTIVATED "Ouvert et activé" "Activé par le titulaire (R15, R18)."
* #OPPOSED "Opposé" "Opposition avant l'ouverture (R13)."
* #SUSPENDED "Suspendu" "Suspendu par l'opérateur (R26)."
* #CLOSED "Fermé" "Archivé dix ans (R20, R22)."
* #DESTROYED "Détruit" "Le contenu est détruit (R22, R23)."

ValueSet: RecordStateVS
Id: record-state
Title: "États du dossier"
Description: "Tous les états."
* insert OwnValueSet
* include codes from system RecordStateCS

CodeSystem: AuthorisationStatusCS
Id: authorisation-status
Title: "État de l'autorisation"
Description: "Où en est un professionnel avec un dossier (R42)."
* insert OwnSystem
* #none "Aucune" "Jamais déclarée."
* #valid "Valide" "Il peut consulter."
* #expired "Échue" "Déclarée, mais son temps est passé (R40, R42)."
* #forbidden "Interdite" "Le titulaire le bloque (R44)."

ValueSet: AuthorisationStatusVS
Id: authorisation-status
Title: "États de l'autorisation"
Description: "Tous les états."
* insert OwnValueSet
* include codes from system AuthorisationStatusCS

ValueSet: DocumentStatusVS
Id: document-status
Title: "Statuts d'une fiche"
Description: "Une fiche est en vigueur ou périmée ; entered-in-error n'est jamais servi."
* insert OwnValueSet
* http://hl7.org/fhir/document-reference-status#current
* http://hl7.org/fhir/document-reference-status#superseded

ValueSet: ConsentStatusVS
Id: consent-status
Title: "Statuts d'un choix"
Description: "Un choix est en vigueur ou a pris fin."
* insert OwnValueSet
* http://hl7.org/fhir/consent-state-codes#active
* http://hl7.org/fhir/consent-state-codes#inactive

ValueSet: GenderVS
Id: gender
Title: "Sexe d'un patient"
Description: "Le sexe tel que l'INSi le donne."
* insert OwnValueSet
* http://hl7.org/fhir/administrative-gender#male
* http://hl7.org/fhir/administrative-gender#female
* http://hl7.org/fhir/administrative-gender#unknown

ValueSet: AuditOutcomeVS
Id: audit-outcome
Title: "Issues d'un accès"
Description: "Permis, refusé, échoué."
* insert OwnValueSet
* http://hl7.org/fhir/audit-event-outcome#0
* http://hl7.org/fhir/audit-event-outcome#4
* http://hl7.org/fhir/audit-event-outcome#8
