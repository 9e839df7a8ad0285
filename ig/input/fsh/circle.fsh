Profile: CarnetCareTeam
Parent: CareTeam
Id: carnet-care-team
Title: "Équipe de soins"
Description: "Une équipe de soins déclarée (R43). Elle n'ouvre rien par elle-même : l'un des membres a besoin du consentement du titulaire, les autres se déclarent (R38, R39)."
* modifierExtension 0..0
* contained 0..0
* identifier 0..0
* status 1..1
* encounter 0..0
* participant 1..200
* participant.member 1..1
* participant.member.identifier 1..1
* participant.member.identifier.system = $idnat-ps
* participant.member ^short = "Le professionnel, par son idNat_PS"
* participant.onBehalfOf 0..0
* participant.period 0..0
* subject ^short = "Le patient ; absent : tous les patients de la structure"
* managingOrganization 0..1
* managingOrganization.identifier 1..1
* managingOrganization.identifier.system = $idnat-struct
* period ^short = "Le dernier jour compris, à l'heure de Paris"
* reasonCode 0..0
* reasonReference 0..0
* telecom 0..0
* note 0..0

Profile: CarnetRelatedPerson
Parent: RelatedPerson
Id: carnet-related-person
Title: "Représentant ou curateur"
Description: "Qui agit pour le patient en droit, ou l'assiste (R147, R149)."
* modifierExtension 0..0
* contained 0..0
* identifier 1..1
* identifier.system 1..1
* identifier.system = $local-id
* identifier.value 1..1
* identifier ^short = "Identifiant local, celui de ses jetons"
* relationship 1..1
* relationship from relationship (required)
* name 1..1
* name.family 1..1
* name.given 1..*
* telecom 0..0
* address 0..0
* photo 0..0
* communication 0..0
