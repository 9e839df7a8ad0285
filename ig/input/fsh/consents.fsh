Profile: CarnetConsent
Parent: Consent
Id: carnet-consent
Title: "Choix du patient"
Description: "Un choix du patient ou l'autorisation d'un professionnel, tel que le serveur le conserve et le sert. Une nature par choix ; il se déclare actif, prend fin par PATCH, et rien d'autre n'en change. Une condition que le serveur n'appliquerait pas est refusée."
* modifierExtension 0..0
* implicitRules 0..0
* contained 0..0
* status from consent-status (required)
* scope = $consentscope#patient-privacy
* category ^slicing.discriminator.type = #value
* category ^slicing.discriminator.path = "coding.system"
* category ^slicing.rules = #open
* category contains kind 1..1
* category[kind] from consent-kind (required)
* category[kind].coding 1..1
* category[kind].coding.system 1..1
* category[kind].coding.system = "https://carnet.example/fhir/CodeSystem/consent-kind"
* category[kind] ^short = "La nature du choix ; d'autres catégories, d'autres systèmes, sont conservées sans effet"
* patient 1..1
* patient ^short = "Patient/<id> une fois conservé ; à l'envoi, aussi par son matricule"
* dateTime 1..1
* performer 0..1
* organization 0..1
* organization ^short = "Structure du jeton de qui déclare"
* source[x] 0..0
* verification 0..0
* policyRule ^short = "OPTIN ou OPTOUT, selon la nature du choix ; mis par le serveur s'il manque"
* provision.type 1..1
* provision.period 0..0
* provision.actor 0..1
* provision.actor.reference.identifier 1..1
* provision.action 0..0
* provision.securityLabel 0..0
* provision.purpose 0..0
* provision.class 0..0
* provision.dataPeriod 0..0
* provision.data 0..0
* provision.provision 0..0
* extension contains AuthorisationStatus named authorisationStatus 0..1
* extension contains ConsentReason named reason 0..1

Extension: ConsentReason
Id: consent-reason
Title: "Motif légitime"
Description: "Le motif légitime d'une opposition à des dépôts (R48), que le serveur conserve et n'apprécie pas ; 500 caractères au plus."
Context: Consent
* value[x] 1..1
* value[x] only string
* valueString ^maxLength = 500

RuleSet: OfKind(code, type)
* category[kind] = https://carnet.example/fhir/CodeSystem/consent-kind#{code}
* provision 1..1
* provision.type = #{type}

RuleSet: ConcernsProfessional
* provision.actor 1..1
* provision.actor.reference.identifier.system = $idnat-ps
* provision.actor ^short = "Le professionnel, par son idNat_PS"

RuleSet: ConcernsLocal
* provision.actor 1..1
* provision.actor.reference.identifier.system = $local-id
* provision.actor ^short = "Par son identifiant local"

RuleSet: ConcernsNobody
* provision.actor 0..0

Profile: CarnetConsentAuthorisation
Parent: CarnetConsent
Id: carnet-consent-authorisation
Title: "Autorisation d'un professionnel"
Description: "Un professionnel peut consulter le dossier (R36 à R43). performer dit qui a consenti : le titulaire, qui le représente, ou, pour un membre d'équipe, le professionnel ou sa structure (R38)."
* insert OfKind(authorisation, permit)
* insert ConcernsProfessional
* performer 1..1

Profile: CarnetConsentBlock
Parent: CarnetConsent
Id: carnet-consent-block
Title: "Blocage d'un professionnel"
Description: "Le titulaire ferme son dossier à un professionnel (R44), sauf à son médecin traitant (R46)."
* insert OfKind(block, deny)
* insert ConcernsProfessional

Profile: CarnetConsentOpposeBrisDeGlace
Parent: CarnetConsent
Id: carnet-consent-oppose-bris-de-glace
Title: "Opposition au bris de glace"
Description: "Le titulaire s'oppose à l'accès en urgence (R52)."
* insert OfKind(oppose-bris-de-glace, deny)
* insert ConcernsNobody

Profile: CarnetConsentOpposeCentre15
Parent: CarnetConsent
Id: carnet-consent-oppose-centre-15
Title: "Opposition à l'accès du centre 15"
Description: "Le titulaire s'oppose à l'accès du médecin régulateur (R55)."
* insert OfKind(oppose-centre-15, deny)
* insert ConcernsNobody

Profile: CarnetConsentOpposeDeposit
Parent: CarnetConsent
Id: carnet-consent-oppose-deposit
Title: "Opposition légitime à des dépôts"
Description: "Le titulaire s'oppose, pour un motif légitime, à ce qu'un professionnel dépose (R48)."
* insert OfKind(oppose-deposit, deny)
* insert ConcernsProfessional
* extension[reason] 1..1

Profile: CarnetConsentMaskAll
Parent: CarnetConsent
Id: carnet-consent-mask-all
Title: "Tout masquer"
Description: "Aucun professionnel ne lit plus aucun document (R108)."
* insert OfKind(mask-all, deny)
* insert ConcernsNobody

Profile: CarnetConsentTreatingPhysicianRights
Parent: CarnetConsent
Id: carnet-consent-treating-physician-rights
Title: "Droits du médecin traitant"
Description: "Le titulaire donne à un professionnel les droits du médecin traitant (R107)."
* insert OfKind(treating-physician-rights, permit)
* insert ConcernsProfessional

Profile: CarnetConsentNursingHome
Parent: CarnetConsent
Id: carnet-consent-nursing-home
Title: "Accord au médecin de l'établissement"
Description: "Le résident d'un établissement pour personnes âgées, ou qui le représente, accepte que son médecin consulte, pour un an (R63)."
* insert OfKind(nursing-home, permit)
* insert ConcernsProfessional
* performer 1..1

Profile: CarnetConsentDigitalService
Parent: CarnetConsent
Id: carnet-consent-digital-service
Title: "Autorisation d'un service numérique"
Description: "Un service numérique référencé peut déposer les types de documents nommés, et ne lit rien (R69)."
* insert OfKind(digital-service, permit)
* insert ConcernsLocal
* provision.code 1..*
* provision.code ^short = "Types de documents que le service peut déposer"

Profile: CarnetConsentCurator
Parent: CarnetConsent
Id: carnet-consent-curator
Title: "Accord au curateur"
Description: "Le titulaire accepte expressément que son curateur, qui l'assiste, consulte son dossier (R149)."
* insert OfKind(curator, permit)
* insert ConcernsLocal
