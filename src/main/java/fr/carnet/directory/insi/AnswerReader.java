package fr.carnet.directory.insi;

import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import fr.carnet.directory.insi.InsiAnswer.Found;
import fr.carnet.directory.insi.InsiAnswer.NotFound;
import fr.carnet.directory.insi.InsiAnswer.Several;
import fr.carnet.shared.Ins;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** Reads what came back from INSi; nothing of it is believed that has not the expected shape. */
final class AnswerReader {

    private static final String RESULT = "http://www.cnamts.fr/INSiResultat";
    private static final String SIRAM = "urn:siram";
    /** {@code siram_40}, {@code insi_102}, {@code desir_550}; a prefix may go before. */
    private static final Pattern FAULT_CODE = Pattern.compile("(?:.*:)?([A-Za-z]{2,20}_\\d{1,6})");

    private static final Pattern RETURN_CODE = Pattern.compile("\\d{2}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private AnswerReader() {}

    /**
     * Reads an answer.
     *
     * @param status HTTP status: it counts where no SOAP message came
     */
    static InsiAnswer read(int status, byte... message) {
        try {
            Optional<Element> body = Optional.of(Element.read(message))
                    .filter(AnswerReader::isEnvelope)
                    .flatMap(AnswerReader::body);
            return body.map(AnswerReader::read).orElseGet(() -> withoutMessage(status));
        } catch (XMLStreamException e) {
            return withoutMessage(status);
        }
    }

    private static boolean isEnvelope(Element root) {
        return root.is(Envelope.SOAP, "Envelope");
    }

    private static Optional<Element> body(Element envelope) {
        return envelope.find(Envelope.SOAP, "Body");
    }

    private static InsiAnswer withoutMessage(int status) {
        return Failed.of(
                switch (status) {
                    case 401, 403 -> Cause.REFUSED;
                    case 502, 503, 504 -> Cause.UNAVAILABLE;
                    default -> Cause.UNINTELLIGIBLE;
                });
    }

    private static InsiAnswer read(Element body) {
        Optional<Element> fault = body.find(Envelope.SOAP, "Fault");
        if (fault.isPresent()) {
            return fault(fault.get());
        }
        Optional<Element> result = body.find(RESULT, "RESULTAT");
        String code = result.flatMap(r -> r.text(RESULT, "CR", "CodeCR")).orElse("");
        return switch (code) {
            case "00" -> found(result.get());
            case "01" -> new NotFound();
            case "02" -> new Several();
            default ->
                new Failed(
                        Cause.UNINTELLIGIBLE,
                        Stream.of(code)
                                .filter(c -> RETURN_CODE.matcher(c).matches())
                                .toList());
        };
    }

    private static Failed fault(Element fault) {
        String role = fault.text(Envelope.SOAP, "Code", "Value").orElse("");
        List<String> codes = Stream.of(
                        fault.text(Envelope.SOAP, "Code", "Subcode", "Value"),
                        fault.find(Envelope.SOAP, "Detail")
                                .flatMap(detail -> detail.find(SIRAM, "Erreur"))
                                .flatMap(error -> error.attribute("code")))
                .flatMap(Optional::stream)
                .map(FAULT_CODE::matcher)
                .filter(Matcher::matches)
                .map(code -> code.group(1))
                .toList();
        return new Failed(role.endsWith("Sender") ? Cause.REFUSED : Cause.UNAVAILABLE, codes);
    }

    private static InsiAnswer found(Element result) {
        try {
            Element person = result.find(RESULT, "INDIVIDU").orElseThrow();
            Element traits = person.find(RESULT, "TIQ").orElseThrow();
            String givenNames = traits.text(RESULT, "ListePrenom")
                    .or(() -> traits.text(RESULT, "Prenom"))
                    .orElseThrow();
            return new Found(new ReferenceIdentity(
                    ins(person.find(RESULT, "INSACTIF").orElseThrow()),
                    person.children(RESULT, "INSHISTO").stream()
                            .map(AnswerReader::ins)
                            .toList(),
                    traits.text(RESULT, "NomNaissance").orElseThrow(),
                    traits.text(RESULT, "Prenom").orElse(givenNames.split(" ", 2)[0]),
                    givenNames,
                    traits.text(RESULT, "Sexe").flatMap(Sex::of).orElseThrow(),
                    traits.text(RESULT, "DateNaissance")
                            .filter(date -> DATE.matcher(date).matches())
                            .orElseThrow(),
                    traits.text(RESULT, "LieuNaissance")));
        } catch (NoSuchElementException | Ins.InvalidIns e) {
            return Failed.of(Cause.UNINTELLIGIBLE);
        }
    }

    private static Ins ins(Element ins) {
        String number = ins.text(RESULT, "IdIndividu", "NumIdentifiant").orElseThrow();
        String key = ins.text(RESULT, "IdIndividu", "Cle").orElseThrow();
        return Ins.of(ins.text(RESULT, "OID").orElseThrow(), number + key);
    }
}
