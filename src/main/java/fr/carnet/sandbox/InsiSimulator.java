package fr.carnet.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * Plays INSi: it knows the patients of the cast, and answers in every other way there is to the birth names of {@code
 * insi.tsv}.
 */
final class InsiSimulator {

    static final String ACTION = "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite";

    private static final String OK = "00";
    private static final String NONE = "01";
    private static final String SEVERAL = "02";
    private static final Set<String> TRAITS = Set.of("NomNaissance", "Prenom", "Sexe", "DateNaissance");
    private static final String TEST = "TEST-";
    private static final int HUGE = 1024 * 1024;
    private static final int FAULT = 500;

    private final List<InsiPerson> people;
    private final Map<String, Table.Row> plays;

    InsiSimulator(Cast cast) {
        this.people = cast.patients().stream().map(InsiPerson::of).toList();
        this.plays = Table.read("insi.tsv").rows().stream()
                .collect(Collectors.toUnmodifiableMap(row -> row.get("birth_name"), Function.identity()));
    }

    /**
     * What comes back.
     *
     * @param status HTTP status
     * @param soap false for a page that is no message
     * @param body as text
     * @param slow only after a while
     */
    record Reply(int status, boolean soap, String body, boolean slow) {

        static Reply message(String body) {
            return new Reply(200, true, body, false);
        }
    }

    Reply answer(byte... message) {
        InsiQuestion question;
        try {
            question = InsiQuestion.read(message);
        } catch (XMLStreamException e) {
            return fault(InsiFault.form("Ce n'est pas une enveloppe SOAP 1.2."), Optional.empty());
        }
        Optional<InsiFault> refusal = refusal(question);
        return refusal.map(fault -> fault(fault, question.messageId())).orElseGet(() -> answer(question));
    }

    private static Optional<InsiFault> refusal(InsiQuestion question) {
        if (!question.action().filter(ACTION::equals).isPresent()) {
            return Optional.of(InsiFault.form("L'en-tête Action nomme une autre opération que " + ACTION + "."));
        }
        if (question.authorisation().isEmpty()) {
            return Optional.of(InsiFault.software());
        }
        return TRAITS.stream()
                .filter(trait -> question.trait(trait).isEmpty())
                .sorted()
                .findFirst()
                .map(trait -> InsiFault.form("Il manque le trait " + trait + "."));
    }

    private Reply answer(InsiQuestion question) {
        String name = question.trait("NomNaissance").orElseThrow();
        Optional<Reply> coded = ofCode(name, question);
        if (coded.isPresent()) {
            return coded.get();
        }
        Table.Row play = plays.get(name);
        return play == null ? search(question) : play(play, question);
    }

    /** {@code TEST-SIRAM}, {@code TEST-INSI}, {@code TEST-DESIR}, {@code TEST-CODE}: the number is the birth place. */
    private static Optional<Reply> ofCode(String name, InsiQuestion question) {
        Optional<Integer> number = question.trait("LieuNaissance")
                .filter(place -> name.startsWith(TEST) && place.matches("\\d{5}"))
                .map(Integer::valueOf);
        if (name.equals("TEST-CODE")) {
            return number.map(n -> result("%02d".formatted(n), "Code joué par le bac à sable", Optional.empty()));
        }
        return number.flatMap(n -> InsiFault.ofFamily(name.substring(TEST.length()), n))
                .map(fault -> fault(fault, question.messageId()));
    }

    private Reply search(InsiQuestion question) {
        List<InsiPerson> found =
                people.stream().filter(person -> person.answersTo(question)).toList();
        return switch (found.size()) {
            case 0 -> result(NONE, "Aucune identite trouvee", Optional.empty());
            case 1 -> result(OK, "OK", Optional.of(found.get(0)));
            default -> result(SEVERAL, "Plusieurs identites trouvees", Optional.empty());
        };
    }

    private static Reply play(Table.Row play, InsiQuestion question) {
        return switch (play.get("play")) {
            case "SEVERAL" -> result(SEVERAL, "Plusieurs identites trouvees", Optional.empty());
            case "FORMER" -> found(question, person -> person.withFormer(question));
            case "WAITING" -> found(question, person -> person.waiting(question));
            case "NO_BIRTH_PLACE" -> found(question, InsiPerson::withoutBirthPlace);
            case "OTHER_TRAITS" -> found(question, InsiPerson::withOtherTraits);
            case "WRONG_KEY" -> found(question, InsiPerson::withWrongKey);
            case "FAULT" -> fault(InsiFault.of(play), question.messageId());
            case "HTTP_403" -> page(403);
            case "HTTP_503" -> page(503);
            case "BROKEN" ->
                Reply.message(head(found(question, UnaryOperator.identity()).body()));
            case "DOCTYPE" ->
                Reply.message(doctype(found(question, UnaryOperator.identity()).body()));
            case "HUGE" -> result(NONE, "x".repeat(HUGE), Optional.empty());
            case "SLOW" ->
                new Reply(200, true, found(question, UnaryOperator.identity()).body(), true);
            default -> throw new IllegalStateException("insi.tsv: " + play.get("play"));
        };
    }

    private static Reply found(InsiQuestion question, UnaryOperator<InsiPerson> change) {
        return result(OK, "OK", InsiPerson.asAsked(question).map(change));
    }

    private static Reply result(String code, String label, Optional<InsiPerson> person) {
        return Reply.message(InsiMessage.result(code, label, person));
    }

    private static Reply fault(InsiFault fault, Optional<String> messageId) {
        return new Reply(FAULT, true, InsiMessage.fault(fault, messageId), false);
    }

    private static Reply page(int status) {
        String page = "<html><body><h1>" + status + "</h1></body></html>";
        return new Reply(status, false, page, false);
    }

    private static String head(String message) {
        return message.substring(0, message.length() / 2);
    }

    private static String doctype(String message) {
        int end = message.indexOf("?>") + 2;
        return message.substring(0, end) + "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + message.substring(end);
    }
}
