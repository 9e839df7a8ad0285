// Identifier systems that stand in the resources. But for the last they are others'.

RuleSet: Naming(id, name, uri, who)
* name = "{name}"
* status = #active
* kind = #identifier
* date = "2026-11-22"
* responsible = "{who}"
* uniqueId.type = #uri
* uniqueId.value = "{uri}"
* uniqueId.preferred = true

Instance: ins-nir
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(ins-nir, INSNIR, urn:oid:1.2.250.1.213.1.4.8, Agence du numérique en santé)
* description = "Matricule INS, de nature NIR (R1)."

Instance: ins-nia
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(ins-nia, INSNIA, urn:oid:1.2.250.1.213.1.4.9, Agence du numérique en santé)
* description = "Matricule INS, de nature NIA (R1)."

Instance: ins-test
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(ins-test, INSTest, urn:oid:1.2.250.1.213.1.4.10, Agence du numérique en santé)
* description = "Matricule INS de test : accepté là où le serveur est configuré pour lui."

Instance: ins-demonstration
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(ins-demonstration, INSDemonstration, urn:oid:1.2.250.1.213.1.4.11, Agence du numérique en santé)
* description = "Matricule INS de démonstration : accepté là où le serveur est configuré pour lui."

Instance: idnat-ps
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(idnat-ps, IdNatPS, urn:oid:1.2.250.1.71.4.2.1, Agence du numérique en santé)
* description = "Identifiant national d'un professionnel : 8 et le RPPS, ou un autre préfixe."

Instance: idnat-struct
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(idnat-struct, IdNatStruct, urn:oid:1.2.250.1.71.4.2.2, Agence du numérique en santé)
* description = "Identifiant national d'une structure : 1 et le FINESS, 3 et le SIRET, et d'autres."

Instance: local-id
InstanceOf: NamingSystem
Usage: #definition
* insert Naming(local-id, LocalId, https://carnet.example/fhir/NamingSystem/local-id, Carnet)
* description = "Personnes et services sans identifiant national : représentants, tuteurs, curateurs, services numériques, opérateurs."
