// What the server keeps and serves of a document, a lot, a folder. Whoever sends follows PDSm or MHD; these profiles say what
// a reader may count on, whichever of the two was sent.

RuleSet: Served
* meta.versionId 1..1
* meta.versionId ^short = "Compte les versions : 1 à la création ; c'est aussi l'ETag"
* meta.lastUpdated 1..1
* implicitRules 0..0
* modifierExtension 0..0

Profile: CarnetDocumentReference
Parent: DocumentReference
Id: carnet-document-reference
Title: "Fiche de document"
Description: "La fiche d'un document telle que le serveur la conserve et la sert (ITI-67). Reçue selon PDSm ou MHD, elle porte toujours les éléments exigés ici. Un lecteur ne reçoit que les fiches que la politique d'accès lui ouvre ; une fiche masquée, supprimée ou inexistante répond de la même façon : 404."
* insert Served
* extension contains IsArchived named isArchived 0..1
* extension[isArchived] ^short = "Vrai : archivée (R130), encore trouvée sauf isArchived=false"
* masterIdentifier 1..1
* masterIdentifier ^short = "uniqueId, donné par l'émetteur, jamais réutilisé (R124)"
* masterIdentifier.system 1..1
* masterIdentifier.system = $uri
* masterIdentifier.value 1..1
* identifier ^short = "entryUUID tel qu'envoyé ; l'identifiant du serveur est id (R132)"
* status from document-status (required)
* status ^short = "current ou superseded ; une nouvelle version périme l'ancienne"
* docStatus 0..0
* type 1..1
* type from type-dmp (extensible)
* type.coding 1..1
* type ^short = "Type de document, un seul code : la matrice d'habilitation en dépend (R33, R120)"
* category 1..1
* category from document-class (extensible)
* category.coding 1..1
* category ^short = "Classe de document, celle que ASS_X16 ou ASS_X04 donne au type"
* subject 1..1
* subject only Reference(Patient)
* subject.reference 1..1
* subject ^short = "Patient/<id> : le matricule n'est dans aucun lien"
* date 1..1
* custodian 1..1
* custodian ^short = "Structure qui conserve ; celle qui dépose si l'émetteur ne la dit pas"
* securityLabel 1..*
* obeys carnet-confidentiality and carnet-visibility
* securityLabel ^short = "Un code de confidentialité, et les statuts de visibilité de TRE_A07"
* content 1..1
* content.attachment.contentType 1..1
* content.attachment.data 0..0
* content.attachment.url 1..1
* content.attachment.url ^short = "Adresse absolue du contenu (ITI-68)"
* content.format 1..1
* content.format from format-code (preferred)
* context 1..1
* context.facilityType 1..1
* context.facilityType from facility-type (preferred)
* context.practiceSetting 1..1
* context.practiceSetting from practice-setting (preferred)

Invariant: carnet-confidentiality
Description: "Une fiche porte exactement un code de confidentialité (R100)."
Severity: #error
Expression: "securityLabel.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality' or system = 'https://mos.esante.gouv.fr/NOS/TRE_A08-HL7Confidentiality/FHIR/TRE-A08-HL7Confidentiality').count() = 1"

Invariant: carnet-visibility
Description: "Un statut de visibilité est MASQUE_PS, INVISIBLE_PATIENT ou INVISIBLE_REPRESENTANTS_LEGAUX (R100)."
Severity: #error
Expression: "securityLabel.coding.where(system = 'https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument').all(code = 'MASQUE_PS' or code = 'INVISIBLE_PATIENT' or code = 'INVISIBLE_REPRESENTANTS_LEGAUX')"

// Lots and folders are both List.
RuleSet: SharedList
* insert Served
* extension contains IsArchived named isArchived 0..1
* mode = #working
* code 1..1
* subject 1..1
* subject only Reference(Patient)
* subject.reference 1..1
* encounter 0..0
* orderedBy 0..0
* emptyReason 0..0
* entry.flag 0..0
* entry.deleted 0..0
* entry.date 0..0
* entry ^short = "Sans les documents que le lecteur ne voit pas"

Profile: CarnetSubmissionSet
Parent: List
Id: carnet-submission-set
Title: "Lot de soumission"
Description: "Un lot tel que le serveur le sert (ITI-66) : ce qui a été déposé ensemble. Visible si l'un au moins de ses documents l'est, et sans les autres."
* insert SharedList
* extension contains DesignationType named designationType 1..1
* extension[designationType] ^short = "Type d'activité du lot (JDV_J03)"
* extension contains SourceId named sourceId 1..1
* extension[sourceId] ^short = "OID du système émetteur"
* status = #current
* code = $mhd-list-types#submissionset
* date 1..1
* entry.item only Reference(DocumentReference or List)

Profile: CarnetFolder
Parent: List
Id: carnet-folder
Title: "Classeur"
Description: "Un classeur tel que le serveur le sert (ITI-66) : des documents réunis sous un titre. Visible comme un lot."
* insert SharedList
* extension contains DesignationType named designationType 1..*
* code = $mhd-list-types#folder
* title 1..1
* source 0..0
* entry.item only Reference(DocumentReference)
