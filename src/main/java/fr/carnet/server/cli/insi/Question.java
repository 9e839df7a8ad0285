package fr.carnet.server.cli.insi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.directory.insi.IdentityStatus;
import fr.carnet.directory.insi.LocalIdentity;
import fr.carnet.directory.insi.SearchedTraits;
import fr.carnet.directory.insi.Sex;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked: the file of {@code insi search} and {@code insi verify}.
 *
 * @param traits to search by
 * @param ins matricule to verify; empty for a search
 * @param identity what is proved of the identity so far
 */
record Question(SearchedTraits traits, Optional<Ins> ins, LocalIdentity identity) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);

    /**
     * Reads a file.
     *
     * @throws BadQuestion naming the element that is missing or has another form; never its value
     */
    static Question read(byte... json) {
        Written written = parse(json);
        return new Question(traits(written), ins(written), identity(written));
    }

    private static Written parse(byte... json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, Written.class)).orElseThrow(() -> new BadQuestion("JSON"));
        } catch (IOException e) {
            // its message quotes the file
            throw new BadQuestion("JSON");
        }
    }

    private static SearchedTraits traits(Written written) {
        try {
            return new SearchedTraits(
                    written.birthName(),
                    written.givenName(),
                    written.sex(),
                    written.birthDate(),
                    Optional.ofNullable(written.birthPlace()));
        } catch (IllegalArgumentException e) {
            throw new BadQuestion(e.getMessage());
        }
    }

    private static Optional<Ins> ins(Written written) {
        try {
            return Optional.ofNullable(written.ins()).map(ins -> Ins.of(ins.system(), ins.value()));
        } catch (Ins.InvalidIns e) {
            throw new BadQuestion("ins");
        }
    }

    private static LocalIdentity identity(Written written) {
        IdentityStatus status = Optional.ofNullable(written.status())
                .map(code -> IdentityStatus.of(code).orElseThrow(() -> new BadQuestion("status")))
                .orElse(IdentityStatus.PROVISIONAL);
        LocalIdentity identity = new LocalIdentity(status, Optional.empty());
        if (written.attestation() == null) {
            return identity;
        }
        try {
            return identity.attestedBy(
                    new IdNatPs(written.attestation().by()),
                    Instant.parse(written.attestation().at()));
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new BadQuestion("attestation");
        }
    }

    /** The file as it is written. */
    private record Written(
            @JsonProperty("birthName") String birthName,
            @JsonProperty("givenName") String givenName,
            @JsonProperty("sex") Sex sex,
            @JsonProperty("birthDate") String birthDate,
            @JsonProperty("birthPlace") String birthPlace,
            @JsonProperty("ins") Matricule ins,
            @JsonProperty("status") String status,
            @JsonProperty("attestation") Attested attestation) {}

    private record Matricule(
            @JsonProperty("system") String system,
            @JsonProperty("value") String value) {}

    private record Attested(
            @JsonProperty("by") String by,
            @JsonProperty("at") String at) {}

    /** A file that cannot be used; the message names the element. */
    static final class BadQuestion extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadQuestion(String element) {
            super(element);
        }
    }
}
