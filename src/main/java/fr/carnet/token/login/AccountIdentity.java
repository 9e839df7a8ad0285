package fr.carnet.token.login;

import fr.carnet.directory.insi.InsiAnswer;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.directory.insi.InsiVerification;
import fr.carnet.directory.insi.SearchedTraits;
import fr.carnet.directory.insi.Sex;
import fr.carnet.shared.Ins;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import java.util.Optional;

/**
 * The INS of somebody who has logged in: as his provider gives it, else as INSi gives it for the traits of his account, once
 * (R3, R4).
 */
final class AccountIdentity {

    private static final String FRANCE = "99100";

    private final LoginSettings.Patients settings;
    private final Optional<InsiTeleservice> insi;
    private final LoginLinks links;

    /** @throws IllegalArgumentException if the provider gives no INS and there is no INSi to ask */
    AccountIdentity(LoginSettings.Patients settings, Optional<InsiTeleservice> insi, LoginLinks links) {
        if (insi.isEmpty() && settings.claimOfIns().isEmpty()) {
            throw new IllegalArgumentException("carnet.token.login.patients needs ins-claim, or carnet.insi.url");
        }
        this.settings = settings;
        this.insi = insi;
        this.links = links;
    }

    /**
     * His INS; empty when INSi does not know exactly one such person.
     *
     * @throws TokenRefusal if what the provider says is incomplete, or INSi cannot be asked
     */
    Optional<Ins> of(Arrival arrival) {
        Optional<String> claim = settings.claimOfIns();
        if (claim.isPresent()) {
            return arrival.text(claim.orElseThrow()).map(cx -> ins(claim.orElseThrow(), cx));
        }
        String subject = required(arrival, "sub");
        return links.find(settings.issuer(), subject).or(() -> {
            Optional<Ins> found = searched(traits(arrival));
            found.ifPresent(ins -> links.keep(settings.issuer(), subject, ins));
            return found;
        });
    }

    private static Ins ins(String claim, String cx) {
        try {
            return Ins.ofCx(cx);
        } catch (Ins.InvalidIns e) {
            throw new TokenRefusal(TokenError.STATEMENT_MISSING, claim);
        }
    }

    private Optional<Ins> searched(SearchedTraits traits) {
        InsiAnswer answer = insi.orElseThrow().search(traits);
        if (answer instanceof InsiAnswer.Failed) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "insi");
        }
        if (answer instanceof InsiAnswer.Found found) {
            Ins ins = found.identity().ins();
            return InsiVerification.of(answer, ins, traits) instanceof InsiVerification.Confirmed
                    ? Optional.of(ins)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Claims as FranceConnect spells them; who was born abroad has a country and no commune. */
    private static SearchedTraits traits(Arrival arrival) {
        try {
            return new SearchedTraits(
                    required(arrival, "family_name"),
                    required(arrival, "given_name").split(" ", 2)[0],
                    sex(arrival),
                    required(arrival, "birthdate"),
                    arrival.text("birthplace")
                            .or(() -> arrival.text("birthcountry").filter(country -> !country.equals(FRANCE))));
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.STATEMENT_MISSING, e.getMessage());
        }
    }

    private static Sex sex(Arrival arrival) {
        return switch (required(arrival, "gender")) {
            case "male" -> Sex.M;
            case "female" -> Sex.F;
            default -> throw new TokenRefusal(TokenError.STATEMENT_MISSING, "gender");
        };
    }

    private static String required(Arrival arrival, String claim) {
        return arrival.text(claim).orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, claim));
    }
}
