// Search parameters that FHIR R4 itself does not define. Those of PDSm and MHD keep their meaning; authorOrg is corrected: the
// extension stands on List.source, not on the List.

RuleSet: Search(id, code, type, base, derived)
* url = "https://carnet.example/fhir/SearchParameter/{id}"
* version = "0.1.0"
* status = #active
* code = #{code}
* type = #{type}
* base = #{base}
* derivedFrom = "{derived}"

Instance: documentreference-is-archived
InstanceOf: SearchParameter
Usage: #definition
* insert Search(documentreference-is-archived, isArchived, token, DocumentReference, https://interop.esante.gouv.fr/ig/fhir/pdsm/SearchParameter/PDSm-isArchived)
* name = "DocumentReferenceIsArchived"
* description = "Archivé ou non : true ou false. Sans ce paramètre, les documents archivés sont trouvés aussi."
* expression = "DocumentReference.extension.where(url='https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived').value"

Instance: list-is-archived
InstanceOf: SearchParameter
Usage: #definition
* insert Search(list-is-archived, isArchived, token, List, https://interop.esante.gouv.fr/ig/fhir/pdsm/SearchParameter/PDSm-isArchived)
* name = "ListIsArchived"
* description = "Archivé ou non : true ou false."
* expression = "List.extension.where(url='https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived').value"

Instance: documentreference-creation
InstanceOf: SearchParameter
Usage: #definition
* insert Search(documentreference-creation, creation, date, DocumentReference, https://profiles.ihe.net/ITI/MHD/SearchParameter/DocumentReference-Creation)
* name = "DocumentReferenceCreation"
* description = "Date de création du document."
* expression = "DocumentReference.content.attachment.creation"

Instance: documentreference-period-start
InstanceOf: SearchParameter
Usage: #definition
* insert Search(documentreference-period-start, period-start, date, DocumentReference, https://interop.esante.gouv.fr/ig/fhir/pdsm/SearchParameter/PDSm-DocumentReference-period-start)
* name = "DocumentReferencePeriodStart"
* description = "Début de l'acte documenté."
* expression = "DocumentReference.context.period.start"

Instance: documentreference-period-end
InstanceOf: SearchParameter
Usage: #definition
* insert Search(documentreference-period-end, period-end, date, DocumentReference, https://interop.esante.gouv.fr/ig/fhir/pdsm/SearchParameter/PDSm-DocumentReference-period-end)
* name = "DocumentReferencePeriodEnd"
* description = "Fin de l'acte documenté."
* expression = "DocumentReference.context.period.end"

Instance: list-designation-type
InstanceOf: SearchParameter
Usage: #definition
* insert Search(list-designation-type, designationType, token, List, https://profiles.ihe.net/ITI/MHD/SearchParameter/List-DesignationType)
* name = "ListDesignationType"
* description = "Type d'activité d'un lot, codes d'un classeur."
* expression = "List.extension.where(url='https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType').value"

Instance: list-source-id
InstanceOf: SearchParameter
Usage: #definition
* insert Search(list-source-id, sourceId, token, List, https://profiles.ihe.net/ITI/MHD/SearchParameter/List-SourceId)
* name = "ListSourceId"
* description = "Système qui a envoyé le lot."
* expression = "List.extension.where(url='https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId').value"

Instance: list-author-org
InstanceOf: SearchParameter
Usage: #definition
* insert Search(list-author-org, authorOrg, reference, List, https://interop.esante.gouv.fr/ig/fhir/pdsm/SearchParameter/PDSm-List-authorOrg)
* name = "ListAuthorOrg"
* description = "Structure de l'auteur d'un lot, par son identifiant : système|valeur."
* expression = "List.source.extension.where(url='https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg').value"

// No derivedFrom: FHIR's own _content asks for the text of the resource, which has none of the document's.
Instance: documentreference-text
InstanceOf: SearchParameter
Usage: #definition
* url = "https://carnet.example/fhir/SearchParameter/documentreference-text"
* version = "0.1.0"
* status = #active
* code = #text
* type = #special
* base = #DocumentReference
* name = "DocumentReferenceText"
* description = "Mots du document lui-même : texte, titres et libellés des codes d'un CDA, pages d'un PDF, et titre du document. Tous les mots doivent s'y trouver, sous l'une de leurs formes, avec ou sans accents ; entre guillemets, ils se suivent ; un mot terminé par une étoile est un début. Sans _sort, les meilleurs viennent d'abord. Un document se trouve quelques secondes après son dépôt. Là où le jeton comprend ITI-68, chaque entrée montre où sont les mots : extension text-excerpt."

Extension: TextExcerpt
Id: text-excerpt
Title: "Extrait"
Description: "Où se trouvent les mots d'une recherche par text dans ce document : une à deux phrases, en HTML sans autre balise que em autour de ce qui a été trouvé. Absent si le document n'a pas de texte, ou si le jeton n'ouvre pas les contenus (ITI-68)."
Context: Bundle.entry.search
* value[x] 1..1
* value[x] only string
