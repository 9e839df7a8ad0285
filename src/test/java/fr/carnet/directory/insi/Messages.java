package fr.carnet.directory.insi;

import java.nio.charset.StandardCharsets;

/** Answers of INSi about somebody who does not exist. */
final class Messages {

    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";

    private Messages() {}

    static byte[] envelope(String body) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"" + SOAP
                        + "\"><env:Body xmlns:env=\"" + SOAP + "\">" + body + "</env:Body></soap:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] result(String code, String person) {
        return envelope("<RESULTAT xmlns=\"http://www.cnamts.fr/INSiResultat\"><CR><CodeCR>" + code
                + "</CodeCR><LibelleCR>x</LibelleCR></CR>" + person + "</RESULTAT>");
    }

    static String person(String matricule, String history) {
        return "<INDIVIDU><INSACTIF>" + matricule + "</INSACTIF>" + history
                + "<TIQ><NomNaissance>MOREAU</NomNaissance><ListePrenom>ALICE JEANNE</ListePrenom><Sexe>F</Sexe>"
                + "<DateNaissance>1984-05-17</DateNaissance><LieuNaissance>75056</LieuNaissance></TIQ></INDIVIDU>";
    }

    static String matricule(String number, String key) {
        return "<IdIndividu><NumIdentifiant>" + number + "</NumIdentifiant><Cle>" + key
                + "</Cle></IdIndividu><OID>1.2.250.1.213.1.4.10</OID>";
    }

    static byte[] alice() {
        return result("00", person(matricule("2840575056012", "04"), ""));
    }

    static byte[] fault(String role, String subcode, String detail) {
        return envelope("<S:Fault xmlns:S=\"" + SOAP + "\"><S:Code><S:Value>S:" + role
                + "</S:Value><S:Subcode><S:Value>S:"
                + subcode + "</S:Value></S:Subcode></S:Code><S:Reason><S:Text xml:lang=\"en\">x</S:Text></S:Reason>"
                + "<S:Detail><siram:Erreur severite=\"fatal\" code=\"" + detail
                + "\" xmlns:siram=\"urn:siram\">x</siram:Erreur></S:Detail></S:Fault>");
    }
}
