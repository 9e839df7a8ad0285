// Extensions that others define, as far as Carnet relies on them: for validators that have not the packages of their authors,
// and of these some are not published. Where the official package is present, its definition counts.

RuleSet: DefinedBy(canonical, who)
* ^url = "{canonical}"
* ^publisher = "{who}"
* ^status = #draft
* ^copyright = "Définition de {who} ; reproduite ici dans sa forme utile au serveur."

RuleSet: Boolean
* value[x] 1..1
* value[x] only boolean

Extension: IsArchived
Id: pdsm-ext-is-archived
Title: "Archivé"
Description: "Vrai : le document ou le lot est archivé."
Context: DocumentReference, List
* insert DefinedBy(https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived, ANS)
* insert Boolean

Extension: IsDeleted
Id: pdsm-ext-is-deleted
Title: "Supprimé"
Description: "Vrai : suppression logique. Reçue dans une mise à jour, jamais servie."
Context: DocumentReference, List
* insert DefinedBy(https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-deleted, ANS)
* insert Boolean

Extension: DesignationType
Id: ihe-designationType
Title: "Type d'un lot ou d'un classeur"
Description: "Type d'activité d'un lot, codes d'un classeur."
Context: List
* insert DefinedBy(https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType, IHE)
* value[x] 1..1
* value[x] only CodeableConcept

Extension: SourceId
Id: ihe-sourceId
Title: "Système émetteur"
Description: "OID du système qui a envoyé le lot."
Context: List
* insert DefinedBy(https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId, IHE)
* value[x] 1..1
* value[x] only Identifier

Extension: AuthorOrganization
Id: ihe-authorOrg
Title: "Structure de l'auteur d'un lot"
Description: "Structure au nom de laquelle l'auteur du lot a agi."
Context: Reference
* insert DefinedBy(https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg, IHE)
* value[x] 1..1
* value[x] only Reference(Organization)

Extension: Closing
Id: dmp-fermeture
Title: "Fermeture du dossier"
Description: "Date, motif et raison de la fermeture d'un DMP (TD0.2)."
Context: Patient
* insert DefinedBy(https://interop.esante.gouv.fr/ig/fhir/dmp/StructureDefinition/dmp-fermeture, ANS)
* extension contains dateFermeture 1..1 and motifFermeture 0..1 and raisonFermeture 0..1
* extension[dateFermeture] ^short = "Date"
* extension[dateFermeture].value[x] only date
* extension[motifFermeture] ^short = "Motif"
* extension[motifFermeture].value[x] only CodeableConcept
* extension[raisonFermeture] ^short = "Raison"
* extension[raisonFermeture].value[x] only string

Extension: EspaceSanteAttachment
Id: dmp-rattachement-mes
Title: "Rattachement à Mon espace santé"
Description: "Vrai : le DMP est rattaché à un espace Mon espace santé."
Context: Patient
* insert DefinedBy(https://interop.esante.gouv.fr/ig/fhir/dmp/StructureDefinition/dmp-rattachement-mes, ANS)
* insert Boolean

Extension: TreatingPhysician
Id: dmp-medecin-traitant
Title: "Médecin traitant"
Description: "Dans la réponse à TD0.2 : celui qui demande est le médecin traitant. À l'inscription : qui l'est."
Context: Patient
* insert DefinedBy(https://interop.esante.gouv.fr/ig/fhir/dmp/StructureDefinition/dmp-medecin-traitant, ANS)
* value[x] 1..1
* value[x] only boolean or Reference

Extension: IdentityReliability
Id: fr-core-identity-reliability
Title: "Fiabilité de l'identité"
Description: "Statut d'une identité : qualifiée (QUAL), validée (VALI), récupérée, provisoire."
Context: Patient
* insert DefinedBy(https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability, Interop'Santé)
* extension contains identityStatus 1..1
* extension[identityStatus] ^short = "Statut"
* extension[identityStatus].value[x] only Coding

Extension: BirthGivens
Id: fr-core-patient-birth-list-given-name
Title: "Prénoms de naissance"
Description: "Tous les prénoms de l'acte de naissance, séparés par une espace."
Context: HumanName
* insert DefinedBy(https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name, Interop'Santé)
* value[x] 1..1
* value[x] only string

Extension: InseeCode
Id: fr-core-address-insee-code
Title: "Code INSEE"
Description: "Code officiel géographique d'une commune ou d'un pays."
Context: Address
* insert DefinedBy(https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code, Interop'Santé)
* value[x] 1..1
* value[x] only Coding
