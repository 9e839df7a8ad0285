package fr.carnet.messaging.notice;

import fr.carnet.dmp.OperationParameters;
import fr.carnet.shared.IdentifierToken;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * What somebody asks of {@code Patient/$notice-preferences}: nothing but the patient to see how he is told, or what to change.
 *
 * @param identifier of the patient: domain and matricule, not yet checked (R1, R2)
 * @param email new address
 * @param ownEmail new address that he alone reads
 * @param noOwnEmail that address is forgotten
 * @param language {@code fr} or {@code en}
 * @param letter by post, or by e-mail again
 * @param documents told of new documents, or not
 * @param accesses told of first accesses, or not
 */
public record PreferenceRequest(
        IdentifierToken identifier,
        Optional<String> email,
        Optional<String> ownEmail,
        boolean noOwnEmail,
        Optional<String> language,
        Optional<Boolean> letter,
        Optional<Boolean> documents,
        Optional<Boolean> accesses) {

    /** Name of the operation in the URL. */
    public static final String OPERATION = "$notice-preferences";

    private static final String KEY = PreferenceRequest.class.getName();
    private static final String IDENTIFIER = "identifier";
    static final String EMAIL = "email";
    static final String OWN_EMAIL = "own-email";
    static final String NO_OWN_EMAIL = "no-own-email";
    static final String LANGUAGE = "language";
    static final String LETTER = "letter";
    static final String DOCUMENTS = "documents";
    static final String ACCESSES = "accesses";

    /**
     * Reads the parameters of the operation.
     *
     * @throws fr.carnet.shared.Fault 400 for a parameter that it does not have; 422 for one that is missing, repeated, of
     *     another type or says what it may not
     */
    public static PreferenceRequest of(Parameters parameters) {
        var given = OperationParameters.of(
                parameters, Set.of(IDENTIFIER, EMAIL, OWN_EMAIL, NO_OWN_EMAIL, LANGUAGE, LETTER, DOCUMENTS, ACCESSES));
        Optional<String> language = given.value(LANGUAGE, CodeType.class).map(CodeType::getValue);
        if (language.filter(code -> !Preference.LANGUAGES.contains(code)).isPresent()) {
            throw given.refusal(LANGUAGE);
        }
        return new PreferenceRequest(
                given.identifier(IDENTIFIER),
                address(given, EMAIL),
                address(given, OWN_EMAIL),
                flag(given, NO_OWN_EMAIL).orElse(false),
                language,
                flag(given, LETTER),
                flag(given, DOCUMENTS),
                flag(given, ACCESSES));
    }

    private static Optional<String> address(OperationParameters given, String name) {
        Optional<String> address = given.value(name, StringType.class).map(StringType::getValue);
        if (address.filter(text -> !MailAddress.isOne(text)).isPresent()) {
            throw given.refusal(name);
        }
        return address;
    }

    private static Optional<Boolean> flag(OperationParameters given, String name) {
        return given.value(name, BooleanType.class).map(BooleanType::booleanValue);
    }

    /** Leaves this with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** What the judge read; {@code IllegalStateException} if nobody did. */
    static PreferenceRequest of(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof PreferenceRequest asked) {
            return asked;
        }
        throw new IllegalStateException("operation was not judged");
    }

    /** True for what the holder alone may ask, and nobody on his behalf (R99). */
    public boolean isHoldersAlone() {
        return ownEmail.isPresent() || noOwnEmail;
    }

    boolean changes() {
        return email.isPresent()
                || isHoldersAlone()
                || language.isPresent()
                || letter.isPresent()
                || documents.isPresent()
                || accesses.isPresent();
    }

    Preference applied(Preference before) {
        return new Preference(
                email.or(before::email),
                noOwnEmail ? Optional.empty() : ownEmail.or(before::ownEmail),
                language.orElse(before.language()),
                letter.orElse(before.letter()),
                documents.orElse(before.documents()),
                accesses.orElse(before.accesses()));
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "PreferenceRequest";
    }
}
