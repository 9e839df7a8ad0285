// Written by GeneratedSourcesTest from terminology/rubrics.tsv: change that, and run scripts/ig.

CodeSystem: ProfessionalSpace
Id: professional-space
Title: "Espaces du professionnel"
Description: "Espaces du professionnel : où la vue d'ensemble range les documents (R138), dans cet ordre."
* ^caseSensitive = true
* ^content = #complete
* ^experimental = false
* #EMERGENCY "À lire d’abord"
* #EMERGENCY ^designation[+].language = #en
* #EMERGENCY ^designation[=].value = "Read first"
* #SYNTHESE "Synthèse"
* #SYNTHESE ^designation[+].language = #en
* #SYNTHESE ^designation[=].value = "Summary"
* #TRAITEMENTS "Traitements et soins"
* #TRAITEMENTS ^designation[+].language = #en
* #TRAITEMENTS ^designation[=].value = "Treatments and care"
* #COMPTES_RENDUS "Comptes rendus"
* #COMPTES_RENDUS ^designation[+].language = #en
* #COMPTES_RENDUS ^designation[=].value = "Reports"
* #IMAGERIE "Imagerie"
* #IMAGERIE ^designation[+].language = #en
* #IMAGERIE ^designation[=].value = "Imaging"
* #ANALYSES "Analyses"
* #ANALYSES ^designation[+].language = #en
* #ANALYSES ^designation[=].value = "Laboratory results"
* #PREVENTION "Prévention"
* #PREVENTION ^designation[+].language = #en
* #PREVENTION ^designation[=].value = "Prevention"
* #CERTIFICATS "Certificats"
* #CERTIFICATS ^designation[+].language = #en
* #CERTIFICATS ^designation[=].value = "Certificates"
* #ESPACE_PERSONNEL "Espace personnel"
* #ESPACE_PERSONNEL ^designation[+].language = #en
* #ESPACE_PERSONNEL ^designation[=].value = "Personal space"
* #REMBOURSEMENT "Données de remboursement"
* #REMBOURSEMENT ^designation[+].language = #en
* #REMBOURSEMENT ^designation[=].value = "Reimbursement data"
* #HORS_RUBRIQUE "Hors rubrique"
* #HORS_RUBRIQUE ^designation[+].language = #en
* #HORS_RUBRIQUE ^designation[=].value = "Not classified"

CodeSystem: HolderRubric
Id: holder-rubric
Title: "Rubriques du titulaire"
Description: "Rubriques du titulaire : où la vue d'ensemble range les documents (R138), dans cet ordre."
* ^caseSensitive = true
* ^content = #complete
* ^experimental = false
* #RESUME "Ma santé en résumé"
* #RESUME ^designation[+].language = #en
* #RESUME ^designation[=].value = "My health in brief"
* #ORDONNANCES "Ordonnances et soins"
* #ORDONNANCES ^designation[+].language = #en
* #ORDONNANCES ^designation[=].value = "Prescriptions and care"
* #COMPTES_RENDUS "Comptes rendus"
* #COMPTES_RENDUS ^designation[+].language = #en
* #COMPTES_RENDUS ^designation[=].value = "Reports"
* #IMAGERIE "Imagerie"
* #IMAGERIE ^designation[+].language = #en
* #IMAGERIE ^designation[=].value = "Imaging"
* #BIOLOGIE "Résultats de biologie"
* #BIOLOGIE ^designation[+].language = #en
* #BIOLOGIE ^designation[=].value = "Laboratory results"
* #PREVENTION "Prévention et dépistage"
* #PREVENTION ^designation[+].language = #en
* #PREVENTION ^designation[=].value = "Prevention and screening"
* #CERTIFICATS "Certificats médicaux"
* #CERTIFICATS ^designation[+].language = #en
* #CERTIFICATS ^designation[=].value = "Medical certificates"
* #PROFIL "Synthèse de mon profil médical"
* #PROFIL ^designation[+].language = #en
* #PROFIL ^designation[=].value = "Summary of my medical profile"
* #ADMIN "Pièces administratives"
* #ADMIN ^designation[+].language = #en
* #ADMIN ^designation[=].value = "Administrative papers"
* #AUTRES "Autres documents"
* #AUTRES ^designation[+].language = #en
* #AUTRES ^designation[=].value = "Other documents"
* #HISTORIQUE_SOINS "Historique des soins"
* #HISTORIQUE_SOINS ^designation[+].language = #en
* #HISTORIQUE_SOINS ^designation[=].value = "Care history"
* #HORS_RUBRIQUE "Hors rubrique"
* #HORS_RUBRIQUE ^designation[+].language = #en
* #HORS_RUBRIQUE ^designation[=].value = "Not classified"

ValueSet: RubricVS
Id: rubric
Title: "Rubriques"
Description: "Où la vue d'ensemble range les documents, pour les professionnels et pour le titulaire."
* ^experimental = false
* include codes from system ProfessionalSpace
* include codes from system HolderRubric
