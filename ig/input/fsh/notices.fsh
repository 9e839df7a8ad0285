Profile: CarnetNotice
Parent: Communication
Id: carnet-notice
Title: "Avis"
Description: "Ce dont quelqu'un est averti à propos d'un dossier (R57, R96, R113). Un avis ne contient aucune donnée de santé, ne nomme ni document, ni professionnel, ni structure (R98) ; il est lu par ceux à qui il est adressé (R99)."
* modifierExtension 0..0
* contained 0..0
* identifier 0..0
* status = #completed
* category 1..1
* category = $communication-category#notification
* subject 1..1
* subject ^short = "Le patient du dossier"
* topic 0..0
* about 0..0
* encounter 0..0
* sender 0..0
* recipient 1..1
* recipient ^short = "Le patient ; ou son médecin traitant, par son idNat_PS"
* sent 1..1
* received 0..0
* reasonCode 0..0
* reasonReference 0..0
* payload 1..*
* payload.content[x] only string
* note 0..0
