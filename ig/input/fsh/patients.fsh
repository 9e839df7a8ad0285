RuleSet: Ins
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1
* obeys carnet-ins-current and carnet-ins-shape
* name 1..*
* name ^short = "Nom de naissance (use official) et, s'il en est un, nom d'usage (use usual)"
* gender 1..1
* gender from gender (required)
* birthDate 1..1

Invariant: carnet-ins-current
Description: "Un patient porte un matricule INS en vigueur et un seul (R1, R9)."
Severity: #error
Expression: "identifier.where(system.matches('^urn:oid:1\\\\.2\\\\.250\\\\.1\\\\.213\\\\.1\\\\.4\\\\.(8|9|10|11)$') and (use.exists().not() or use != 'old')).count() = 1"

Invariant: carnet-ins-shape
Description: "Un matricule INS compte quinze caractères : treize, Corse comprise, et la clé (R2)."
Severity: #error
Expression: "identifier.where(system.matches('^urn:oid:1\\\\.2\\\\.250\\\\.1\\\\.213\\\\.1\\\\.4\\\\.(8|9|10|11)$')).all(value.matches('^[0-9]{5}[0-9AB]{2}[0-9]{8}$'))"

Profile: CarnetPatient
Parent: Patient
Id: carnet-patient
Title: "Patient, état de son dossier"
Description: "Ce que TD0.2 dit d'un patient à qui interroge son matricule : le dossier existe, est ouvert ou fermé, et où en est l'autorisation de celui qui demande. Ni coordonnées, ni adresse, ni lieu de naissance."
* insert Ins
* implicitRules 0..0
* modifierExtension 0..0
* active 1..1
* active ^short = "Vrai : dossier ouvert ; faux : suspendu ou fermé"
* telecom 0..0
* address 0..0
* contact 0..0
* extension contains Closing named closing 0..1
* extension[closing] ^short = "Date, motif et raison de la fermeture (R21)"
* extension contains EspaceSanteAttachment named attachment 0..1
* extension[attachment] ^short = "Vrai : rattaché à Mon espace santé"
* extension contains TreatingPhysician named treatingPhysician 1..1
* extension[treatingPhysician].value[x] only boolean
* extension[treatingPhysician] ^short = "Vrai : celui qui demande est le médecin traitant (R106)"
* extension contains AuthorisationStatus named authorisationStatus 1..1
* extension contains RecordState named recordState 0..1
* extension[recordState] ^short = "Au titulaire, à qui le représente et à l'opérateur"

Profile: CarnetPatientRegistration
Parent: Patient
Id: carnet-patient-registration
Title: "Patient, inscription"
Description: "Ce que l'opérateur envoie pour inscrire ou corriger un patient : PUT Patient?identifier=système|matricule. Identité qualifiée, cinq traits stricts (R3, R5)."
* insert Ins
* modifierExtension 0..0
* obeys carnet-official-name
* extension contains http://hl7.org/fhir/StructureDefinition/patient-birthPlace named birthPlace 1..1
* extension[birthPlace] ^short = "Lieu de naissance : code officiel géographique, dans l'extension fr-core-address-insee-code"
* extension contains IdentityReliability named identityReliability 1..1
* extension[identityReliability] ^short = "Identité qualifiée (QUAL) ou validée (VALI)"
* extension contains EspaceSanteAttachment named attachment 0..1
* extension contains TreatingPhysician named treatingPhysician 0..1
* extension[treatingPhysician].value[x] only Reference
* extension[treatingPhysician] ^short = "Médecin traitant, par son idNat_PS"
* extension contains RecordState named recordState 0..1

Invariant: carnet-official-name
Description: "Un patient inscrit porte un nom « official » et un seul : nom de naissance, premier prénom, et la liste des prénoms en extension (R3)."
Severity: #error
Expression: "name.where(use = 'official').count() = 1 and name.where(use = 'official').all(family.exists() and given.count() = 1 and extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name').exists())"

Extension: AuthorisationStatus
Id: authorisation-status
Title: "État de l'autorisation"
Description: "Où en est celui qui demande (Patient), ou le professionnel d'un choix (Consent), avec le dossier (R42)."
Context: Patient, Consent
* value[x] 1..1
* value[x] only code
* valueCode from authorisation-status (required)

Extension: RecordState
Id: record-state
Title: "État du dossier"
Description: "L'état du dossier et ce qui est en cours (R10). Il n'est dit qu'au titulaire, à qui le représente et à l'opérateur ; il change par les opérations sur Patient."
Context: Patient
* extension contains state 1..1 and since 1..1 and contested 0..1 and deletionRequested 0..1 and closingMotive 0..1 and closingReason 0..1
* extension[state] ^short = "État"
* extension[state].value[x] only code
* extension[state].valueCode from record-state (required)
* extension[since] ^short = "Depuis quand"
* extension[since].value[x] only dateTime
* extension[contested] ^short = "Opposition à la fermeture d'un dossier suspendu (R26)"
* extension[contested].value[x] only dateTime
* extension[deletionRequested] ^short = "Demande de suppression (R23)"
* extension[deletionRequested].value[x] only dateTime
* extension[closingMotive] ^short = "Motif de la fermeture"
* extension[closingMotive].value[x] only code
* extension[closingReason] ^short = "Raison de la fermeture"
* extension[closingReason].value[x] only string
