// What the server does. CapabilityIT derives its requests from what it says here: an interaction, a parameter or an operation
// that is stated answers, and everything else is refused. The server adds its version and its address.

RuleSet: Type(type, profile)
* rest.resource[+].type = #{type}
* rest.resource[=].supportedProfile = "https://carnet.example/fhir/StructureDefinition/{profile}"

RuleSet: Also(profile)
* rest.resource[=].supportedProfile[+] = "https://carnet.example/fhir/StructureDefinition/{profile}"

RuleSet: Does(interaction)
* rest.resource[=].interaction[+].code = #{interaction}

RuleSet: Standard(name, type, definition)
* rest.resource[=].searchParam[+].name = "{name}"
* rest.resource[=].searchParam[=].type = #{type}
* rest.resource[=].searchParam[=].definition = "http://hl7.org/fhir/SearchParameter/{definition}"

RuleSet: Own(name, type, definition)
* rest.resource[=].searchParam[+].name = "{name}"
* rest.resource[=].searchParam[=].type = #{type}
* rest.resource[=].searchParam[=].definition = "https://carnet.example/fhir/SearchParameter/{definition}"

// A chain, or an identifier in the place of a reference.
RuleSet: Chain(name, type, doc)
* rest.resource[=].searchParam[+].name = "{name}"
* rest.resource[=].searchParam[=].type = #{type}
* rest.resource[=].searchParam[=].documentation = "{doc}"

RuleSet: OfOnePatient
* insert Standard(patient, reference, clinical-patient)
* insert Chain(patient.identifier, token, [[Le patient par son matricule : système|valeur]])

RuleSet: Calls(code, definition)
* rest.resource[=].operation[+].name = "{code}"
* rest.resource[=].operation[=].definition = "https://carnet.example/fhir/OperationDefinition/{definition}"

// FHIR's own, of what is submitted.
RuleSet: Validates
* rest.resource[=].operation[+].name = "validate"
* rest.resource[=].operation[=].definition = "http://hl7.org/fhir/OperationDefinition/Resource-validate"

Instance: carnet
InstanceOf: CapabilityStatement
Usage: #definition
* url = "https://carnet.example/fhir/CapabilityStatement/carnet"
* version = "0.1.0"
* name = "Carnet"
* title = "Carnet"
* status = #active
* experimental = false
* date = "2026-11-22"
* publisher = "Carnet"
* description = "Dossier médical partagé : dépôt, recherche et consultation de documents selon MHD et PDSm, choix du patient, traces. Tout ce qui n'est pas dit ici est refusé."
* kind = #instance
* instantiates[0] = "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentRecipient"
* instantiates[1] = "https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentResponder"
* software.name = "Carnet"
* implementation.description = "Dossier médical partagé"
* fhirVersion = #4.0.1
* format[0] = #application/fhir+json
* format[1] = #application/fhir+xml
* patchFormat[0] = #application/json-patch+json
* patchFormat[1] = #application/fhir+json
* patchFormat[2] = #application/fhir+xml
* patchFormat[3] = #application/xml-patch+xml
* rest.mode = #server
* rest.documentation = "Une recherche nomme un patient, et un seul. Un paramètre inconnu est refusé par son nom, sauf avec Prefer: handling=lenient. Partout : _format, _pretty, _elements."
* rest.security.cors = false
* rest.security.description = "Jeton d'accès JWT (RFC 9068) d'un émetteur reconnu, dans Authorization: Bearer. Ce que l'appelant ne peut pas voir n'existe pas pour lui."
* rest.interaction.code = #transaction
* rest.interaction.documentation = "ITI-65 : publication d'un lot."

* insert Type(DocumentReference, carnet-document-reference)
* rest.resource[=].documentation = "Fiches de documents : ITI-67, publication simplifiée (ITI-105), mise à jour des métadonnées. status absent : current, sauf avec identifier ou _id."
* insert Does(read)
* insert Does(search-type)
* insert Does(create)
* insert Does(patch)
* rest.resource[=].versioning = #versioned
* rest.resource[=].readHistory = false
* rest.resource[=].conditionalUpdate = true
* rest.resource[=].searchInclude = "DocumentReference:relatesto"
* rest.resource[=].searchRevInclude[0] = "List:item"
* rest.resource[=].searchRevInclude[1] = "DocumentReference:relatesto"
* insert OfOnePatient
* insert Chain(_id, token, [[Identifiant du serveur]])
* insert Standard(_lastUpdated, date, Resource-lastUpdated)
* insert Standard(status, token, DocumentReference-status)
* insert Standard(identifier, token, clinical-identifier)
* insert Standard(type, token, clinical-type)
* insert Standard(category, token, DocumentReference-category)
* insert Standard(format, token, DocumentReference-format)
* insert Standard(facility, token, DocumentReference-facility)
* insert Standard(setting, token, DocumentReference-setting)
* insert Standard(security-label, token, DocumentReference-security-label)
* insert Standard(event, token, DocumentReference-event)
* insert Standard(date, date, DocumentReference-date)
* insert Own(creation, date, documentreference-creation)
* insert Standard(period, date, DocumentReference-period)
* insert Own(period-start, date, documentreference-period-start)
* insert Own(period-end, date, documentreference-period-end)
* insert Own(isArchived, token, documentreference-is-archived)
* insert Own(text, special, documentreference-text)
* insert Standard(related, reference, DocumentReference-related)
* insert Standard(relatesto, reference, DocumentReference-relatesto)
* insert Standard(author, reference, DocumentReference-author)
* insert Chain(author.identifier, token, [[Identifiant d'un auteur]])
* insert Chain(author.given, string, [[Prénom d'un auteur]])
* insert Chain(author.family, string, [[Nom d'un auteur]])
* insert Calls(who-can-read, documentreference-who-can-read)
* insert Validates
* insert Calls(explain-access, documentreference-explain-access)

* insert Type(List, carnet-submission-set)
* insert Also(carnet-folder)
* rest.resource[=].documentation = "Lots et classeurs : ITI-66. status absent : current, sauf avec identifier ou _id."
* insert Does(read)
* insert Does(search-type)
* rest.resource[=].versioning = #versioned
* rest.resource[=].readHistory = false
* rest.resource[=].searchInclude = "List:item"
* insert OfOnePatient
* insert Chain(_id, token, [[Identifiant du serveur]])
* insert Standard(_lastUpdated, date, Resource-lastUpdated)
* insert Standard(code, token, clinical-code)
* insert Standard(status, token, List-status)
* insert Standard(identifier, token, clinical-identifier)
* insert Standard(date, date, clinical-date)
* insert Standard(title, string, List-title)
* insert Own(designationType, token, list-designation-type)
* insert Own(sourceId, token, list-source-id)
* insert Own(authorOrg, reference, list-author-org)
* insert Standard(source, reference, List-source)
* insert Own(isArchived, token, list-is-archived)
* insert Chain(source.identifier, token, [[Identifiant de l'auteur d'un lot]])
* insert Chain(source.given, string, [[Prénom de l'auteur d'un lot]])
* insert Chain(source.family, string, [[Nom de l'auteur d'un lot]])

* rest.resource[+].type = #Binary
* rest.resource[=].documentation = "Contenu d'un document : ITI-68. Accept du type du document : les octets ; application/fhir+json ou +xml : la ressource Binary."
* insert Does(read)

* rest.resource[+].type = #Bundle
* rest.resource[=].documentation = "Document FHIR : ITI-68. À blanc : $validate dit tout ce que rencontrerait une publication, sans rien enregistrer."
* insert Does(read)
* insert Validates

* insert Type(Patient, carnet-patient)
* insert Also(carnet-patient-registration)
* rest.resource[=].documentation = "État du dossier (TD0.2) par le matricule seul ; inscription et correction par l'opérateur : PUT Patient?identifier=système|matricule. Lecture par id et identifiants croisés (ITI-83) pour qui peut connaître le patient. Ni autre recherche."
* insert Does(read)
* insert Does(search-type)
* insert Does(update)
* insert Validates
* rest.resource[=].conditionalUpdate = true
* insert Standard(identifier, token, Patient-identifier)
* insert Calls(ihe-pix, patient-ihe-pix)
* insert Calls(overview, patient-overview)
* insert Calls(inform, patient-inform)
* insert Calls(oppose, patient-oppose)
* insert Calls(activate, patient-activate)
* insert Calls(close, patient-close)
* insert Calls(reopen, patient-reopen)
* insert Calls(suspend, patient-suspend)
* insert Calls(resume, patient-resume)
* insert Calls(request-deletion, patient-request-deletion)
* insert Calls(change-ins, patient-change-ins)
* insert Calls(explain-access, patient-explain-access)
* insert Calls(export-traces, patient-export-traces)
* insert Calls(export-record, patient-export-record)
* insert Calls(notice-preferences, patient-notice-preferences)

* insert Type(Consent, carnet-consent)
* insert Also(carnet-consent-authorisation)
* insert Also(carnet-consent-block)
* insert Also(carnet-consent-oppose-bris-de-glace)
* insert Also(carnet-consent-oppose-centre-15)
* insert Also(carnet-consent-oppose-deposit)
* insert Also(carnet-consent-mask-all)
* insert Also(carnet-consent-treating-physician-rights)
* insert Also(carnet-consent-nursing-home)
* insert Also(carnet-consent-digital-service)
* insert Also(carnet-consent-curator)
* rest.resource[=].documentation = "Choix du patient et autorisations (TD0.3). Un PATCH y met fin : status devient inactive."
* insert Does(create)
* insert Does(patch)
* insert Does(search-type)
* insert Validates
* insert OfOnePatient
* insert Standard(status, token, Consent-status)
* insert Standard(category, token, Consent-category)

* insert Type(CareTeam, carnet-care-team)
* rest.resource[=].documentation = "Équipes de soins."
* insert Does(create)
* insert Does(read)
* insert Does(update)
* insert Does(search-type)
* insert Validates
* insert OfOnePatient

* insert Type(RelatedPerson, carnet-related-person)
* rest.resource[=].documentation = "Représentants et curateurs."
* insert Does(create)
* insert Does(read)
* insert Does(update)
* insert Does(search-type)
* insert Validates
* insert Standard(patient, reference, RelatedPerson-patient)
* insert Chain(patient.identifier, token, [[Le patient par son matricule : système|valeur]])

* insert Type(Communication, carnet-notice)
* insert Also(carnet-message)
* rest.resource[=].documentation = "Avis et messages d'un dossier, pour ceux à qui ils sont adressés."
* insert Does(create)
* insert Does(read)
* insert Does(search-type)
* insert Standard(patient, reference, Communication-patient)
* insert Chain(patient.identifier, token, [[Le patient par son matricule : système|valeur]])
* insert Standard(category, token, Communication-category)
* insert Standard(status, token, Communication-status)
* insert Standard(sent, date, Communication-sent)
* insert Standard(part-of, reference, Communication-part-of)
* insert Standard(sender, reference, Communication-sender)
* insert Chain(sender.identifier, token, [[Qui l'envoie, sauf le patient, par son identifiant : système|valeur]])
* insert Standard(recipient, reference, Communication-recipient)
* insert Chain(recipient.identifier, token, [[À qui il est envoyé, sauf le patient, par son identifiant : système|valeur]])
* insert Calls(close-conversation, communication-close-conversation)
* insert Calls(mark-read, communication-mark-read)

* insert Type(AuditEvent, carnet-audit-event)
* rest.resource[=].documentation = "Traces d'accès (ITI-81). Un dossier : titulaire, représentants, auditeur. Une période sans patient (date, avec un début) : auditeur. Ses propres accès : un professionnel ou une structure, qui se nomme par agent.identifier. Jamais écrites par cette interface."
* insert Does(search-type)
* insert Does(read)
* insert Standard(patient, reference, AuditEvent-patient)
* insert Chain(patient.identifier, token, [[Le patient par son matricule : système|valeur]])
* insert Standard(date, date, AuditEvent-date)
* insert Standard(_id, token, Resource-id)
* insert Standard(_lastUpdated, date, Resource-lastUpdated)
* insert Standard(agent, reference, AuditEvent-agent)
* insert Chain(agent.identifier, token, [[L'agent par son identifiant : système|valeur]])
* insert Standard(address, string, AuditEvent-address)
* insert Standard(entity, reference, AuditEvent-entity)
* insert Chain(entity.identifier, token, [[La requête par son identifiant de corrélation]])
* insert Standard(entity-type, token, AuditEvent-entity-type)
* insert Standard(entity-role, token, AuditEvent-entity-role)
* insert Standard(subtype, token, AuditEvent-subtype)
* insert Standard(type, token, AuditEvent-type)
* insert Standard(action, token, AuditEvent-action)
* insert Standard(outcome, token, AuditEvent-outcome)
* insert Standard(source, reference, AuditEvent-source)
* insert Chain(source.identifier, token, [[Ce serveur, par son URL de base]])
