// One valid example of each profile, with the fictional persons of the sandbox.

RuleSet: Version(id)
* id = "{id}"
* meta.versionId = "1"
* meta.lastUpdated = "2026-03-10T10:00:00.000+01:00"

Instance: practitioner
InstanceOf: Practitioner
Usage: #inline
* id = "professionnel"
* identifier.use = #official
* identifier.type = $fr-identifier-type#IDNPS
* identifier.system = $idnat-ps
* identifier.value = "899700100011"
* name.family = "Martin"
* name.given = "Claire"

Instance: structure
InstanceOf: Organization
Usage: #inline
* id = "structure"
* identifier.use = #official
* identifier.type = $fr-identifier-type#IDNST
* identifier.system = $idnat-struct
* identifier.value = "399999001300016"
* name = "Cabinet du Dr Martin"

Instance: role
InstanceOf: PractitionerRole
Usage: #inline
* id = "auteur"
* practitioner.reference = "#professionnel"
* organization.reference = "#structure"
* code = $TRE_G15#10 "Médecin"
* specialty = $TRE_R38#SM54

RuleSet: Traits
* identifier.use = #official
* identifier.type = $fr-identifier-type#INS-NIR-TEST
* identifier.system = $ins-test
* identifier.value = "284057505601204"
* name.use = #official
* name.family = "MOREAU"
* name.given = "ALICE"
* name.extension[0].url = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name"
* name.extension[0].valueString = "ALICE JEANNE"
* gender = #female
* birthDate = "1984-05-17"

Instance: source-patient
InstanceOf: Patient
Usage: #inline
* id = "patient"
* insert Traits

Instance: consultation
InstanceOf: CarnetDocumentReference
Usage: #example
Title: "Compte rendu de consultation"
Description: "Une fiche telle que le médecin traitant d'Alice la lit ; elle est masquée aux autres professionnels."
* insert Version(consultation)
* meta.profile = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-comprehensive-document-reference"
* contained[0] = practitioner
* contained[1] = structure
* contained[2] = role
* contained[3] = source-patient
* extension[isArchived].valueBoolean = false
* masterIdentifier.use = #usual
* masterIdentifier.type = $mhd-identifier-type#uniqueId
* masterIdentifier.system = $uri
* masterIdentifier.value = "urn:oid:2.25.280113714820350541872631250941874239311"
* identifier.use = #official
* identifier.type = $mhd-identifier-type#entryUUID
* identifier.system = $uri
* identifier.value = "urn:uuid:b6a4a9be-1b8a-4f0e-9b2e-3a1e7b6d1c11"
* status = #current
* type = $loinc#11488-4
* category = $TRE_A03#10 "Compte rendu"
* subject.reference = "Patient/alice"
* date = "2026-03-10T10:00:00+01:00"
* author.reference = "#auteur"
* custodian.reference = "#structure"
* securityLabel[0] = $v3-Confidentiality#N
* securityLabel[1] = $TRE_A07#MASQUE_PS
* content.attachment.contentType = #application/pdf
* content.attachment.language = #fr-FR
* content.attachment.url = "https://carnet.example/fhir/Binary/contenu"
* content.attachment.size = 439
* content.attachment.hash = "lMTP6NoSb1MHOjnHnJsjWe8ZTu4="
* content.attachment.title = "Compte rendu de consultation"
* content.attachment.creation = "2026-03-10T10:00:00+01:00"
* content.format = $TRE_A11#urn:ihe:iti:xds-sd:pdf:2008
* context.period.start = "2026-03-10T09:30:00+01:00"
* context.facilityType = $TRE_R02#SA07
* context.practiceSetting = $TRE_A01#AMBULATOIRE "Ambulatoire"
* context.sourcePatientInfo.reference = "#patient"

Instance: lot
InstanceOf: CarnetSubmissionSet
Usage: #example
Title: "Lot d'un document"
Description: "Le lot par lequel ce compte rendu a été déposé."
* insert Version(lot)
* meta.profile = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-submissionset-comprehensive"
* contained[0] = practitioner
* contained[1] = structure
* contained[2] = role
* extension[designationType].valueCodeableConcept = $TRE_R02#SA07
* extension[sourceId].valueIdentifier.system = $uri
* extension[sourceId].valueIdentifier.value = "urn:oid:2.25.97433018842611872390571820045510998112"
* identifier.use = #usual
* identifier.type = $mhd-identifier-type#uniqueId
* identifier.system = $uri
* identifier.value = "urn:oid:2.25.190021334778123650098234417710023488121"
* status = #current
* mode = #working
* title = "Compte rendu de consultation"
* code = $mhd-list-types#submissionset
* subject.reference = "Patient/alice"
* date = "2026-03-10T10:00:00+01:00"
* source.reference = "#auteur"
* source.extension[0].url = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg"
* source.extension[0].valueReference.reference = "#structure"
* entry.item.reference = "DocumentReference/consultation"

Instance: classeur
InstanceOf: CarnetFolder
Usage: #example
Title: "Classeur"
Description: "Un classeur d'Alice."
* insert Version(classeur)
* meta.profile = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-folder-comprehensive"
* extension[designationType].valueCodeableConcept = $TRE_R02#SA07
* identifier.use = #usual
* identifier.type = $mhd-identifier-type#uniqueId
* identifier.system = $uri
* identifier.value = "urn:oid:2.25.14400275512900113477823110093384571120"
* status = #current
* mode = #working
* title = "Suivi de cardiologie"
* code = $mhd-list-types#folder
* subject.reference = "Patient/alice"
* date = "2026-03-10T10:00:00+01:00"
* entry.item.reference = "DocumentReference/consultation"

Instance: alice
InstanceOf: CarnetPatient
Usage: #example
Title: "Dossier ouvert"
Description: "Ce que TD0.2 dit d'Alice à son médecin traitant."
* insert Traits
* active = true
* extension[attachment].valueBoolean = true
* extension[treatingPhysician].valueBoolean = true
* extension[authorisationStatus].valueCode = #valid

Instance: emma
InstanceOf: CarnetPatient
Usage: #example
Title: "Dossier fermé"
Description: "Ce que TD0.2 dit à l'opérateur d'Emma, qui a fermé son dossier."
* identifier.use = #official
* identifier.type = $fr-identifier-type#INS-NIR-TEST
* identifier.system = $ins-test
* identifier.value = "293016748201725"
* name.use = #official
* name.family = "SCHMITT"
* name.given = "EMMA"
* gender = #female
* birthDate = "1993-01-09"
* active = false
* extension[closing].extension[dateFermeture].valueDate = "2026-03-01"
* extension[closing].extension[motifFermeture].valueCodeableConcept = $closing-motive#patient-demande
* extension[treatingPhysician].valueBoolean = false
* extension[authorisationStatus].valueCode = #none
* extension[recordState].extension[state].valueCode = #CLOSED
* extension[recordState].extension[since].valueDateTime = "2026-03-01T08:00:00.000Z"
* extension[recordState].extension[closingMotive].valueCode = #patient-demande

Instance: inscription
InstanceOf: CarnetPatientRegistration
Usage: #example
Title: "Inscription"
Description: "PUT Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|284057505601204, par l'opérateur."
* insert Traits
* extension[birthPlace].valueAddress.extension[0].url = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code"
* extension[birthPlace].valueAddress.extension[0].valueCoding = $TRE_R13#75056
* extension[identityReliability].extension[identityStatus].valueCoding = $fr-identity-status#QUAL
* extension[treatingPhysician].valueReference.identifier.system = $idnat-ps
* extension[treatingPhysician].valueReference.identifier.value = "899700100011"

RuleSet: HolderChoice(id)
* insert Version({id})
* status = #active
* patient.reference = "Patient/alice"
* dateTime = "2026-03-10T10:00:00+01:00"
* performer.reference = "Patient/alice"

Instance: authorisation
InstanceOf: CarnetConsentAuthorisation
Usage: #example
Title: "Autorisation de l'infirmière"
Description: "Alice a consenti ; l'infirmière l'a déclaré et peut consulter."
* insert HolderChoice(authorisation)
* organization.identifier.system = $idnat-struct
* organization.identifier.value = "399999001300016"
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor.reference.identifier.value = "899700100037"
* extension[authorisationStatus].valueCode = #valid
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTIN

Instance: block
InstanceOf: CarnetConsentBlock
Usage: #example
Title: "Blocage"
Description: "Alice ferme son dossier à un professionnel."
* insert HolderChoice(block)
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor.reference.identifier.value = "899700100136"
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTOUT

Instance: oppose-bris-de-glace
InstanceOf: CarnetConsentOpposeBrisDeGlace
Usage: #example
Title: "Opposition au bris de glace"
Description: "Alice s'oppose à l'accès en urgence."
* insert HolderChoice(oppose-bris-de-glace)
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTOUT

Instance: oppose-centre-15
InstanceOf: CarnetConsentOpposeCentre15
Usage: #example
Title: "Opposition au centre 15"
Description: "Alice s'oppose à l'accès du médecin régulateur."
* insert HolderChoice(oppose-centre-15)
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTOUT

Instance: oppose-deposit
InstanceOf: CarnetConsentOpposeDeposit
Usage: #example
Title: "Opposition à des dépôts"
Description: "Alice s'oppose à ce qu'un professionnel dépose, et dit pourquoi."
* insert HolderChoice(oppose-deposit)
* extension[reason].valueString = "Litige en cours avec ce cabinet"
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor.reference.identifier.value = "899700100136"
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTOUT

Instance: mask-all
InstanceOf: CarnetConsentMaskAll
Usage: #example
Title: "Tout masquer"
Description: "Alice masque tous ses documents aux professionnels."
* insert HolderChoice(mask-all)
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTOUT

Instance: treating-physician-rights
InstanceOf: CarnetConsentTreatingPhysicianRights
Usage: #example
Title: "Droits du médecin traitant"
Description: "Alice donne ces droits à un autre professionnel."
* insert HolderChoice(treating-physician-rights)
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor.reference.identifier.value = "899700100029"
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTIN

Instance: nursing-home
InstanceOf: CarnetConsentNursingHome
Usage: #example
Title: "Accord au médecin de l'établissement"
Description: "Le tuteur de Farid accepte que le médecin de l'établissement consulte."
* insert Version(nursing-home)
* status = #active
* patient.reference = "Patient/farid"
* dateTime = "2026-03-10T10:00:00+01:00"
* performer.identifier.system = $local-id
* performer.identifier.value = "farid-guardian"
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor.reference.identifier.value = "899700100243"
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTIN

Instance: digital-service
InstanceOf: CarnetConsentDigitalService
Usage: #example
Title: "Autorisation d'un service numérique"
Description: "Un service référencé peut déposer des mesures, et rien d'autre."
* insert HolderChoice(digital-service)
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $local-id
* provision.actor.reference.identifier.value = "service"
* provision.code = $loinc#29274-8
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTIN

Instance: curator
InstanceOf: CarnetConsentCurator
Usage: #example
Title: "Accord au curateur"
Description: "Dominique accepte que sa curatrice consulte."
* insert Version(curator)
* status = #active
* patient.reference = "Patient/dominique"
* dateTime = "2026-03-10T10:00:00+01:00"
* performer.reference = "Patient/dominique"
* provision.actor.role = $v3-ParticipationType#IRCP
* provision.actor.reference.identifier.system = $local-id
* provision.actor.reference.identifier.value = "dominique-curator"
* policyRule = http://terminology.hl7.org/CodeSystem/v3-ActCode#OPTIN

Instance: team
InstanceOf: CarnetCareTeam
Usage: #example
Title: "Équipe de soins"
Description: "Une équipe de l'hôpital autour d'Alice."
* insert Version(team)
* status = #active
* name = "Suivi cardiologique"
* subject.reference = "Patient/alice"
* period.end = "2027-06-30"
* participant[0].role = $TRE_G15#10 "Médecin"
* participant[0].member.identifier.system = $idnat-ps
* participant[0].member.identifier.value = "899700100029"
* participant[1].role = $TRE_G15#60 "Infirmier"
* participant[1].member.identifier.system = $idnat-ps
* participant[1].member.identifier.value = "899700100144"
* managingOrganization.identifier.system = $idnat-struct
* managingOrganization.identifier.value = "1990000010"

Instance: parent
InstanceOf: CarnetRelatedPerson
Usage: #example
Title: "Mère d'une mineure"
Description: "La mère de Chloé."
* insert Version(parent)
* active = true
* patient.reference = "Patient/chloe"
* identifier.system = $local-id
* identifier.value = "chloe-mother"
* relationship = $v3-RoleCode#PRN
* name.family = "Durand"
* name.given = "Helene"

Instance: avis
InstanceOf: CarnetNotice
Usage: #example
Title: "Avis au titulaire"
Description: "Alice est avertie d'un dépôt."
* insert Version(avis)
* status = #completed
* category = $communication-category#notification "Notification"
* subject.reference = "Patient/alice"
* recipient.reference = "Patient/alice"
* sent = "2026-03-10T10:20:00+01:00"
* payload.contentString = "Du nouveau est arrivé dans votre dossier."

Instance: message
InstanceOf: CarnetMessage
Usage: #example
Title: "Message d'un médecin"
Description: "Le Dr Martin ouvre une conversation avec Alice."
* insert Version(message)
* status = #in-progress
* category = https://carnet.example/fhir/CodeSystem/communication-kind#message "Message d'une conversation"
* subject.reference = "Patient/alice"
* sender.identifier.system = $idnat-ps
* sender.identifier.value = "899700100029"
* sender.display = "MARTIN Claire"
* recipient.reference = "Patient/alice"
* sent = "2026-03-10T10:20:00+01:00"
* payload.contentString = "Vos résultats sont arrivés, prenez rendez-vous."

Instance: trace
InstanceOf: CarnetAuditEvent
Usage: #example
Title: "Recherche de documents"
Description: "La trace d'une recherche, telle qu'Alice la lit."
* id = "6f0b8c52-32c6-4a2e-8a52-9f6f3c1d7e10"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest "RESTful Operation"
* subtype[0] = http://hl7.org/fhir/restful-interaction#search
* subtype[1] = urn:ihe:event-type-code#ITI-67 "Find Document References"
* subtype[2] = AccessAction#SEARCH
* action = #E
* recorded = "2026-03-10T10:05:00.000Z"
* outcome = #0
* agent[0].type = $dcm#110153 "Source Role ID"
* agent[0].who.identifier.system = "https://issuer.example"
* agent[0].who.identifier.value = "logiciel"
* agent[0].who.display = "Logiciel du cabinet"
* agent[0].requestor = false
* agent[1].type = $dcm#110152 "Destination Role ID"
* agent[1].who.identifier.value = "https://carnet.example/fhir"
* agent[1].who.display = "Carnet"
* agent[1].requestor = false
* agent[1].network.address = "https://carnet.example/fhir"
* agent[1].network.type = #5
* agent[2].type = $v3-ParticipationType#IRCP
* agent[2].role = $TRE_G15#10 "Médecin"
* agent[2].who.identifier.system = $idnat-ps
* agent[2].who.identifier.value = "899700100011"
* agent[2].who.display = "Claire Martin"
* agent[2].name = "Claire Martin"
* agent[2].requestor = true
* source.observer.identifier.value = "https://carnet.example/fhir"
* source.observer.display = "Carnet"
* source.type = http://terminology.hl7.org/CodeSystem/security-source-type#4 "Application Server"
* entity[0].type = http://terminology.hl7.org/CodeSystem/audit-entity-type#1 "Person"
* entity[0].role = http://terminology.hl7.org/CodeSystem/object-role#1 "Patient"
* entity[0].what.reference = "Patient/alice"
* entity[0].detail[0].type = "result-count"
* entity[0].detail[0].valueString = "1"
* entity[1].type = http://terminology.hl7.org/CodeSystem/audit-entity-type#2 "System Object"
* entity[1].role = http://terminology.hl7.org/CodeSystem/object-role#24 "Query"
* entity[1].description = "DocumentReference"
* entity[2].type = https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType#XrequestId
* entity[2].what.identifier.value = "0d6f1c2a-7f43-4d3c-9b61-2b61d1f0a111"

Instance: overview
InstanceOf: Parameters
Usage: #example
Title: "Vue d'ensemble"
Description: "Réponse de $overview à un professionnel : un compte rendu, et deux de ses espaces."
* id = "overview"
* parameter[0].name = "total"
* parameter[=].valueInteger = 1
* parameter[+].name = "rubric"
* parameter[=].part[0].name = "code"
* parameter[=].part[=].valueCoding = ProfessionalSpace#SYNTHESE "Synthèse"
* parameter[=].part[+].name = "total"
* parameter[=].part[=].valueInteger = 0
* parameter[+].name = "rubric"
* parameter[=].part[0].name = "code"
* parameter[=].part[=].valueCoding = ProfessionalSpace#COMPTES_RENDUS "Comptes rendus"
* parameter[=].part[+].name = "total"
* parameter[=].part[=].valueInteger = 1
* parameter[=].part[+].name = "document"
* parameter[=].part[=].resource = consultation
