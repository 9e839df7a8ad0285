package fr.carnet.token.login;

import fr.carnet.caller.CallerSession;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Ins;
import fr.carnet.token.StatedCircumstances;
import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import java.util.List;
import java.util.Optional;

/**
 * Patients and their representatives: two factors (R16), then whose record. {@code person_id} absent or his own: the holder;
 * another's: a representative, under his own name (R151). Whether he may represent, the policy judges at each request
 * (R147–R149).
 */
final class PatientsProvider implements IdentityProvider {

    private final LoginSettings.Patients settings;
    private final AccountIdentity identities;

    /** @throws IllegalArgumentException if nothing tells the INS of an account */
    PatientsProvider(LoginSettings.Patients settings, Optional<InsiTeleservice> insi, LoginLinks links) {
        this.settings = settings;
        this.identities = new AccountIdentity(settings, insi, links);
    }

    @Override
    public OpenIdProvider settings() {
        return settings.provider();
    }

    /** R58: emergencies are no mode of theirs. */
    @Override
    public void preview(StatedParameters stated) {
        if (StatedCircumstances.ofPerson(stated).mode().orElseThrow() != AccessMode.NORMAL) {
            throw new TokenRefusal(TokenError.CIRCUMSTANCES, "purpose_of_use");
        }
    }

    @Override
    public List<Acting> actings(Arrival arrival, StatedParameters stated, TokenSettings.Client client) {
        if (!settings.isEnough(arrival.text("acr").orElse(""))) {
            throw new TokenRefusal(TokenError.SECOND_FACTOR, "acr");
        }
        Optional<Ins> own = identities.of(arrival);
        Ins record = StatedCircumstances.ofPerson(stated)
                .patient()
                .or(() -> own)
                .orElseThrow(() -> new TokenRefusal(TokenError.PERSON_UNKNOWN));
        Caller caller = own.filter(record::equals).isPresent()
                ? caller(CallerKind.HOLDER, record.value(), Optional.of(ActorCode.HOLDER), arrival, client)
                : caller(CallerKind.REPRESENTATIVE, localId(arrival), Optional.empty(), arrival, client);
        return List.of(Acting.of("", new CallerSession(caller, AccessContext.NORMAL.about(Optional.of(record)))));
    }

    private String localId(Arrival arrival) {
        return required(arrival, settings.localIdClaim());
    }

    private static Caller caller(
            CallerKind kind, String subject, Optional<ActorCode> role, Arrival arrival, TokenSettings.Client client) {
        return new Caller(
                kind,
                subject,
                required(arrival, "given_name") + " " + required(arrival, "family_name"),
                role,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AuthenticationMode.DIRECTE,
                client.software(),
                new Caller.TokenRef("", client.id(), ""));
    }

    private static String required(Arrival arrival, String claim) {
        return arrival.text(claim).orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, claim));
    }
}
