// Operations beyond those of FHIR. Most are called on the type, by POST of Parameters: no identifier stands in a URL.

RuleSet: Operation(type, code, affects)
* status = #active
* kind = #operation
* publisher = "Carnet"
* code = #{code}
* resource = #{type}
* affectsState = {affects}
* system = false
* type = true
* instance = false

RuleSet: In(name, min, max, type, doc)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{doc}"

RuleSet: Out(name, min, max, type, doc)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{doc}"

// A parameter with parts has no type.
RuleSet: Group(use, name, min, max, doc)
* parameter[+].name = #{name}
* parameter[=].use = #{use}
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].documentation = "{doc}"

RuleSet: Part(use, name, min, max, type, doc)
* parameter[=].part[+].name = #{name}
* parameter[=].part[=].use = #{use}
* parameter[=].part[=].min = {min}
* parameter[=].part[=].max = "{max}"
* parameter[=].part[=].type = #{type}
* parameter[=].part[=].documentation = "{doc}"

RuleSet: Reason
* parameter[=].part[+].name = #reason
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].documentation = "Pourquoi."
* parameter[=].part[=].part[0].name = #rule
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 1
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "Règle ; son libellé est la partie lisible du verdict."
* parameter[=].part[=].part[=].type = #Coding
* parameter[=].part[=].part[+].name = #sentence
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 1
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "En toutes lettres."
* parameter[=].part[=].part[=].type = #string

// The same question and answer, of a document or of a record.
RuleSet: Explanation
* insert In(action, 0, 1, code, [[Ce qu'il veut faire : read (par défaut), search, deposit, replace, delete, archive, mask, unmask, show-to-holder, show-to-representatives, check-status, read-traces, close, etc. Les choix ne s'interrogent pas.]])
* insert Group(in, actor, 0, 1, [[De qui il s'agit, comme un jeton le dirait ; par défaut celui qui demande, dans les circonstances de son jeton.]])
* insert Part(in, kind, 0, 1, code, [[professional (par défaut), system, holder, representative, operator, auditor.]])
* insert Part(in, identifier, 1, 1, Identifier, [[Sujet de ses jetons : idNat_PS, matricule d'un titulaire, identifiant local des autres.]])
* insert Part(in, role, 0, 1, Coding, [[Profession ou fonction (JDV_J65), avec son système ; obligatoire pour un professionnel ou un système.]])
* insert Part(in, specialty, 0, 1, Coding, [[Spécialité ou section.]])
* insert Part(in, function, 0, 1, code, [[Fonction de l'activité, par exemple FON-29.]])
* insert Part(in, sector, 0, 1, code, [[Secteur d'activité, par exemple SA07.]])
* insert Part(in, structure, 0, 1, Identifier, [[idNat_Struct de la structure au nom de laquelle il agit.]])
* insert Part(in, authentication, 0, 1, code, [[directe (par défaut), indirecte, indirecte-renforcee, deleguee.]])
* insert Part(in, regulator, 0, 1, boolean, [[Médecin régulateur d'un centre 15 (R54).]])
* insert Group(in, context, 0, 1, [[Dans quelles circonstances ; par défaut : normales. Le jeton imaginé nomme le patient de la question.]])
* insert Part(in, purpose, 0, 1, code, [[Code de TRE_R248 : normal (par défaut), bris_de_glace, centre_15.]])
* insert Part(in, reason, 0, 1, string, [[Motif d'un bris de glace (R51).]])
* insert Part(in, unable-to-consent, 0, 1, boolean, [[La personne est hors d'état d'exprimer sa volonté (R51).]])
* insert Part(in, immediate-risk, 0, 1, boolean, [[Il y a un risque immédiat pour sa santé (R51).]])
* insert Part(in, secret-connection, 0, 1, boolean, [[Le jeton porte un code de connexion secrète (R141).]])
* insert Out(decision, 1, 1, code, [[permit ou deny.]])
* insert Out(action, 1, 1, code, [[Ce qui était demandé.]])
* insert Out(at, 1, 1, instant, [[Instant de la décision.]])
* insert Out(status, 1, 1, integer, [[Statut HTTP que l'acteur reçoit ; 404 là où il ne doit pas apprendre que le document existe.]])
* insert Group(out, reason, 1, *, [[Les règles qui permettent, ou celle qui refuse.]])
* insert Part(out, rule, 1, 1, Coding, [[Règle ; son libellé est la partie lisible du verdict.]])
* insert Part(out, sentence, 1, 1, string, [[En toutes lettres.]])
* insert Out(obligation, 0, *, code, [[Ce à quoi la permission oblige, par exemple notify-holder.]])
* insert Group(out, check, 0, *, [[Les vérifications dans l'ordre publié ; après un refus, les suivantes ne sont pas atteintes.]])
* insert Part(out, step, 1, 1, string, [[Numéro de l'étape dans l'ordre publié, par exemple 7b.]])
* insert Part(out, name, 1, 1, code, [[Nom de la vérification, par exemple authorisation.]])
* insert Part(out, outcome, 1, 1, code, [[passed, refused ou not-reached.]])
* insert Part(out, rule, 0, *, Coding, [[La règle qui a parlé ; sinon celles par lesquelles la vérification peut refuser.]])
* insert Part(out, sentence, 1, 1, string, [[En toutes lettres.]])

RuleSet: OfPatient
* insert In(identifier, 1, 1, Identifier, [[Matricule INS du patient, en vigueur ou ancien : système et valeur (R1, R2, R9).]])

RuleSet: AnswersPatient
* insert Out(return, 1, 1, Patient, [[Le patient tel que TD0.2 le dit ; au titulaire, au représentant et à l'opérateur avec l'état du dossier.]])

Instance: documentreference-explain-access
InstanceOf: OperationDefinition
Usage: #definition
Title: "$explain-access"
* insert Operation(DocumentReference, explain-access, false)
* url = "https://carnet.example/fhir/OperationDefinition/documentreference-explain-access"
* name = "DocumentReferenceExplainAccess"
* title = "$explain-access"
* description = "Pourquoi un acteur peut ou ne peut pas faire quelque chose d'un document : la décision, avec chaque vérification dans l'ordre publié (R92). Opérateur, auditeur ; tout le monde sur un serveur d'essai. La question est tracée dans le dossier."
* insert In(document, 1, 1, Reference, [[DocumentReference/<id>.]])
* insert Explanation

Instance: documentreference-who-can-read
InstanceOf: OperationDefinition
Usage: #definition
Title: "$who-can-read"
* insert Operation(DocumentReference, who-can-read, false)
* url = "https://carnet.example/fhir/OperationDefinition/documentreference-who-can-read"
* name = "DocumentReferenceWhoCanRead"
* title = "$who-can-read"
* description = "Qui pourrait lire un document maintenant, et pourquoi (R91). Le titulaire et ses représentants, d'un document qu'ils voient."
* insert In(document, 1, 1, Reference, [[DocumentReference/<id>.]])
* insert Group(out, person, 0, *, [[Un professionnel qui peut le lire maintenant, sans autre consentement.]])
* insert Part(out, professional, 1, 1, Identifier, [[idNat_PS.]])
* insert Part(out, declared, 1, 1, instant, [[Quand l'accès qui lui sert a été déclaré.]])
* insert Reason
* parameter[=].part[=].max = "*"
* insert Group(out, profession, 0, *, [[Une profession ou fonction dont les membres le lisent une fois que le titulaire a consenti.]])
* insert Part(out, role, 1, 1, Coding, [[Profession ou fonction (JDV_J65).]])
* insert Reason
* parameter[=].part[=].max = "*"
* insert Group(out, emergency, 2, 2, [[Ce qu'il en est dans chaque mode d'urgence.]])
* insert Part(out, purpose, 1, 1, code, [[Code de TRE_R248.]])
* insert Part(out, permitted, 1, 1, boolean, [[Vrai si quelqu'un peut alors le lire.]])
* insert Reason
* parameter[=].part[=].max = "1"
* insert Out(representatives, 1, 1, boolean, [[Vrai si les statuts du document le montrent aux représentants.]])

Instance: patient-activate
InstanceOf: OperationDefinition
Usage: #definition
Title: "$activate"
* insert Operation(Patient, activate, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-activate"
* name = "PatientActivate"
* title = "$activate"
* description = "Activation de l'espace, qui s'ouvre aussitôt (R15, R16). Titulaire, représentant, opérateur. Depuis NOTIFIED, OPENED_AUTO ou OPPOSED."
* insert OfPatient
* insert AnswersPatient

Instance: patient-change-ins
InstanceOf: OperationDefinition
Usage: #definition
Title: "$change-ins"
* insert Operation(Patient, change-ins, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-change-ins"
* name = "PatientChangeIns"
* title = "$change-ins"
* description = "Un autre matricule, donné par l'INSi, prend la place du matricule en vigueur ; le dossier et ses documents restent, l'ancien matricule reste avec use old et désigne encore le patient (R9). Opérateur. Depuis tout état sauf DESTROYED. 409 si le nouveau matricule est ou fut celui d'un autre dossier, ou si celui qu'il remplace n'est plus en vigueur."
* insert In(identifier, 1, 1, Identifier, [[Matricule INS en vigueur du patient : système et valeur (R1, R2).]])
* insert In(new, 1, 1, Identifier, [[Le matricule qui compte désormais, tel que l'INSi l'a donné : système et valeur (R1, R2).]])
* insert AnswersPatient

Instance: patient-close
InstanceOf: OperationDefinition
Usage: #definition
Title: "$close"
* insert Operation(Patient, close, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-close"
* name = "PatientClose"
* title = "$close"
* description = "Fermeture du dossier, archivé dix ans (R20, R22). Titulaire, représentant, opérateur. Depuis OPENED_AUTO, OPENED_ACTIVATED ou SUSPENDED."
* insert OfPatient
* insert In(motive, 0, 1, code, [[Code de https://interop.esante.gouv.fr/ig/fhir/dmp/CodeSystem/dmp-motif-fermeture, tel que TD0.2 le dit.]])
* insert In(reason, 0, 1, string, [[Raison en toutes lettres, telle que TD0.2 la dit.]])
* insert AnswersPatient

Instance: patient-explain-access
InstanceOf: OperationDefinition
Usage: #definition
Title: "$explain-access"
* insert Operation(Patient, explain-access, false)
* url = "https://carnet.example/fhir/OperationDefinition/patient-explain-access"
* name = "PatientExplainAccess"
* title = "$explain-access"
* description = "Pourquoi un acteur peut ou ne peut pas faire quelque chose d'un dossier : la décision, avec chaque vérification dans l'ordre publié (R92). Opérateur, auditeur ; tout le monde sur un serveur d'essai. Comptée comme TD0.2, tracée dans le dossier."
* insert In(identifier, 1, 1, Identifier, [[Matricule INS du patient : système et valeur (R1, R2).]])
* insert Explanation

Instance: patient-export-traces
InstanceOf: OperationDefinition
Usage: #definition
Title: "$export-traces"
* insert Operation(Patient, export-traces, false)
* url = "https://carnet.example/fhir/OperationDefinition/patient-export-traces"
* name = "PatientExportTraces"
* title = "$export-traces"
* description = "Qui a consulté mon dossier : ses traces en tableau (text/csv) ou en pages (application/pdf), avec la visibilité d'une recherche (R91, R94). Titulaire, représentants ; le dossier fermé aussi. La réponse est le fichier même."
* insert OfPatient
* insert In(format, 0, 1, code, [[csv ou pdf ; par défaut pdf. Le pdf montre les 2000 traces les plus récentes.]])
* insert Out(return, 1, 1, Binary, [[Le fichier, sous son propre type.]])

Instance: patient-export-record
InstanceOf: OperationDefinition
Usage: #definition
Title: "$export-record"
* insert Operation(Patient, export-record, false)
* url = "https://carnet.example/fhir/OperationDefinition/patient-export-record"
* name = "PatientExportRecord"
* title = "$export-record"
* description = "Le dossier entier en une archive (application/zip) : documents, métadonnées, lots et classeurs, choix, équipes, représentants, messages avec leurs pièces et avis, traces, et une page qui y mène ; rien qui soit caché au demandeur (R91). Titulaire, représentants. Tracée avec chaque document avant le premier octet."
* insert OfPatient
* insert Out(return, 1, 1, Binary, [[L'archive, sous son propre type.]])

Instance: patient-inform
InstanceOf: OperationDefinition
Usage: #definition
Title: "$inform"
* insert Operation(Patient, inform, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-inform"
* name = "PatientInform"
* title = "$inform"
* description = "Le patient est informé individuellement, par courriel ou, à défaut, par courrier ; six semaines plus tard, sans opposition, son espace s'ouvre (R11, R12). Opérateur. Depuis NONE."
* insert OfPatient
* insert In(sent, 0, 1, dateTime, [[Quand l'opérateur a lui-même envoyé l'information, à la seconde ; pas dans l'avenir. Par défaut : Carnet l'envoie maintenant.]])
* insert AnswersPatient

Instance: patient-notice-preferences
InstanceOf: OperationDefinition
Usage: #definition
Title: "$notice-preferences"
* insert Operation(Patient, notice-preferences, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-notice-preferences"
* name = "PatientNoticePreferences"
* title = "$notice-preferences"
* description = "Comment le titulaire est averti : ce qui est donné change, le reste demeure ; avec le seul matricule, rien ne change (R97). Titulaire d'un espace activé, représentant, opérateur. Des accès en urgence et du sort de son dossier, il est averti dans tous les cas."
* insert OfPatient
* insert In(email, 0, 1, string, [[Adresse de courriel.]])
* insert In(own-email, 0, 1, string, [[Adresse que le titulaire est seul à lire, donnée par lui seul : d'un mineur, elle reçoit les avis de ce qui est caché à ses représentants (R99).]])
* insert In(no-own-email, 0, 1, boolean, [[Vrai : cette adresse est oubliée ; par le titulaire seul.]])
* insert In(language, 0, 1, code, [[fr ou en.]])
* insert In(letter, 0, 1, boolean, [[Vrai : par courrier, même s'il y a une adresse de courriel.]])
* insert In(documents, 0, 1, boolean, [[Faux : n'être averti ni par courriel ni par courrier des documents déposés ; l'avis reste dans le dossier.]])
* insert In(accesses, 0, 1, boolean, [[Faux : de même du premier accès d'un professionnel.]])
* insert Out(email, 0, 1, string, [[Adresse de courriel, si elle est connue.]])
* insert Out(own-email, 0, 1, string, [[Adresse que le titulaire est seul à lire ; donnée à lui seul.]])
* insert Out(language, 1, 1, code, [[fr ou en.]])
* insert Out(letter, 1, 1, boolean, [[Vrai : par courrier.]])
* insert Out(documents, 1, 1, boolean, [[Averti des documents déposés.]])
* insert Out(accesses, 1, 1, boolean, [[Averti des premiers accès.]])

Instance: patient-oppose
InstanceOf: OperationDefinition
Usage: #definition
Title: "$oppose"
* insert Operation(Patient, oppose, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-oppose"
* name = "PatientOppose"
* title = "$oppose"
* description = "Opposition à l'ouverture de l'espace (R13), depuis NONE ou NOTIFIED ; ou à la fermeture d'un dossier suspendu (R26), depuis SUSPENDED. Titulaire, représentant, opérateur."
* insert OfPatient
* insert AnswersPatient

Instance: patient-reopen
InstanceOf: OperationDefinition
Usage: #definition
Title: "$reopen"
* insert Operation(Patient, reopen, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-reopen"
* name = "PatientReopen"
* title = "$reopen"
* description = "Un nouvel espace avec ce qui était archivé (R24). Titulaire, représentant, opérateur, depuis CLOSED ou DESTROYED ; un professionnel avec la case du consentement, depuis CLOSED (R25)."
* insert OfPatient
* insert In(consent, 0, 1, boolean, [[Le patient consent à la réactivation ; vrai, et conservé, quand un professionnel demande (R25).]])
* insert AnswersPatient

Instance: patient-request-deletion
InstanceOf: OperationDefinition
Usage: #definition
Title: "$request-deletion"
* insert Operation(Patient, request-deletion, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-request-deletion"
* name = "PatientRequestDeletion"
* title = "$request-deletion"
* description = "Demande expresse de suppression d'un dossier fermé, satisfaite dans les trois mois (R23). Titulaire, opérateur. Depuis CLOSED ; la réouverture la retire."
* insert OfPatient
* insert AnswersPatient

Instance: patient-resume
InstanceOf: OperationDefinition
Usage: #definition
Title: "$resume"
* insert Operation(Patient, resume, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-resume"
* name = "PatientResume"
* title = "$resume"
* description = "Fin d'une suspension (R26). Opérateur. Depuis SUSPENDED."
* insert OfPatient
* insert AnswersPatient

Instance: patient-suspend
InstanceOf: OperationDefinition
Usage: #definition
Title: "$suspend"
* insert Operation(Patient, suspend, true)
* url = "https://carnet.example/fhir/OperationDefinition/patient-suspend"
* name = "PatientSuspend"
* title = "$suspend"
* description = "Suspension pour fraude ou dysfonctionnement grave ; six semaines plus tard, sans objection, le dossier est fermé (R26). Opérateur. Depuis OPENED_AUTO ou OPENED_ACTIVATED."
* insert OfPatient
* insert AnswersPatient

Instance: patient-ihe-pix
InstanceOf: OperationDefinition
Usage: #definition
Title: "$ihe-pix"
* insert Operation(Patient, ihe-pix, false)
* url = "https://carnet.example/fhir/OperationDefinition/patient-ihe-pix"
* base = "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix"
* name = "PatientIhePix"
* title = "$ihe-pix"
* description = "Identifiants croisés (PIXm, ITI-83) : l'identifiant du patient sur ce serveur et ses autres matricules, autant que TD0.2 le dirait à l'appelant (R9). Inconnu et sans dossier ont la même réponse, 404. Compté comme TD0.2, tracé dans le dossier. Par GET ou POST."
* insert In(sourceIdentifier, 1, 1, string, [[Matricule INS, actuel ou ancien : système|valeur (R1, R2). Dans un corps, une chaîne de cette forme ou un Identifier.]])
* parameter[=].searchType = #token
* insert In(targetSystem, 0, 1, uri, [[Domaine INS des matricules voulus ; tous en son absence.]])
* insert Out(targetIdentifier, 0, *, Identifier, [[Autre matricule du même patient ; un ancien porte use old.]])
* insert Out(targetId, 0, *, Reference, [[Le patient sur ce serveur, tel que les recherches le prennent dans patient=.]])

RuleSet: Rubric(name, min, max, doc)
* insert Group(out, {name}, {min}, {max}, [[{doc}]])
* insert Part(out, code, 1, 1, Coding, [[Rubrique, libellée dans la langue de l'appelant.]])
* insert Part(out, total, 1, 1, integer, [[Nombre de ses documents que l'appelant voit.]])
* insert Part(out, document, 0, *, DocumentReference, [[Les plus utiles d'abord, tels qu'ITI-67 les donne.]])

Instance: patient-overview
InstanceOf: OperationDefinition
Usage: #definition
Title: "$overview"
* insert Operation(Patient, overview, false)
* instance = true
* url = "https://carnet.example/fhir/OperationDefinition/patient-overview"
* name = "PatientOverview"
* title = "$overview"
* description = "Vue d'ensemble : les documents en vigueur et non archivés que l'appelant voit (R110), par rubrique, les plus utiles d'abord. Neuf espaces pour les professionnels, les rubriques du titulaire pour son côté (R138). Jugée et tracée comme une recherche ITI-67 ; les documents donnés sont tracés un à un. Par GET ou POST, sur un patient ou, par matricule, sur le type."
* insert In(patient.identifier, 0, 1, string, [[Matricule INS, si l'URL ne nomme pas le patient : système|valeur (R1, R2). Dans un corps, un Identifier.]])
* parameter[=].searchType = #token
* insert In(_count, 0, 1, integer, [[Documents donnés par rubrique, de 0 à 50 ; 5 en son absence. Les nombres ne changent pas.]])
* insert Out(total, 1, 1, integer, [[Nombre de documents que l'appelant voit, chacun compté une fois.]])
* insert Rubric(emergency, 0, 1, [[À lire d'abord, en bris de glace ou centre 15 : ces documents restent dans leur rubrique, où ils sont comptés.]])
* parameter[=].part[0].binding.strength = #required
* parameter[=].part[0].binding.valueSet = "https://carnet.example/fhir/ValueSet/rubric"
* insert Rubric(rubric, 9, 12, [[Chaque rubrique dans l'ordre, vide ou non.]])
* parameter[=].part[0].binding.strength = #required
* parameter[=].part[0].binding.valueSet = "https://carnet.example/fhir/ValueSet/rubric"

RuleSet: OnOneMessage
* type = false
* instance = true
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].type = #Communication

Instance: communication-mark-read
InstanceOf: OperationDefinition
Usage: #definition
Title: "$mark-read"
* insert Operation(Communication, mark-read, true)
* url = "https://carnet.example/fhir/OperationDefinition/communication-mark-read"
* name = "CommunicationMarkRead"
* title = "$mark-read"
* description = "Note qu'un message a été lu par le côté à qui il est adressé : received, status completed. La première lecture compte. 409 pour son propre message."
* insert OnOneMessage

Instance: communication-close-conversation
InstanceOf: OperationDefinition
Usage: #definition
Title: "$close-conversation"
* insert Operation(Communication, close-conversation, true)
* url = "https://carnet.example/fhir/OperationDefinition/communication-close-conversation"
* name = "CommunicationCloseConversation"
* title = "$close-conversation"
* description = "Met fin à la conversation d'un message (R163). Le professionnel ou la structure qui y prend part ; 409 quand elle est close. La réponse est son premier message, qui le dit."
* insert OnOneMessage
