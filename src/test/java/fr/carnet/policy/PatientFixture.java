package fr.carnet.policy;

import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.PatientFacts.CareTeam;
import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A patient and his choices in the making; the persons are named as in {@link Cast}. */
public final class PatientFixture {

    private final String id;
    private Ins ins;
    private final Set<Ins> former = new HashSet<>();
    private LocalDate birthDate;
    private boolean deceased;
    private RecordState state = RecordState.NONE;
    private Instant since = Cast.NOW.minus(Duration.ofDays(100));
    private Optional<String> treating = Optional.empty();
    private boolean opposesBreakGlass;
    private boolean opposesRegulation;
    private boolean masksAll;
    private final Set<String> treatingRights = new HashSet<>();
    private final Set<String> depositOpposed = new HashSet<>();
    private final Set<String> blocked = new HashSet<>();
    private final List<Authorisation> authorisations = new ArrayList<>();
    private final List<CareTeam> teams = new ArrayList<>();
    private final Map<String, Set<String>> services = new HashMap<>();
    private final List<Representative> representatives = new ArrayList<>();

    /** A patient with a test matricule, never informed. */
    public PatientFixture(String id, String matricule, LocalDate birthDate) {
        this.id = id;
        this.ins = new Ins(InsDomain.TEST, matricule);
        this.birthDate = birthDate;
    }

    /** In that state. */
    public PatientFixture state(RecordState value) {
        state = value;
        return this;
    }

    /** In his state since then. */
    public PatientFixture since(Instant value) {
        since = value;
        return this;
    }

    /** Had the matricule of somebody of the cast before. */
    public PatientFixture was(String name) {
        former.add(new Ins(InsDomain.TEST, Cast.subject(name)));
        return this;
    }

    /** Has died. */
    public PatientFixture deceased() {
        deceased = true;
        return this;
    }

    /** Born on that day. */
    public PatientFixture born(LocalDate value) {
        birthDate = value;
        return this;
    }

    /** With a treating physician. */
    public PatientFixture treatedBy(String name) {
        treating = Optional.of(Cast.subject(name));
        return this;
    }

    /** Without a treating physician. */
    public PatientFixture untreated() {
        treating = Optional.empty();
        return this;
    }

    /** With a matricule of that domain. */
    public PatientFixture domain(InsDomain value) {
        ins = new Ins(value, ins.value());
        return this;
    }

    /** With that declaration. */
    public PatientFixture declared(Authorisation authorisation) {
        authorisations.add(authorisation);
        return this;
    }

    /** Without any authorisation. */
    public PatientFixture withoutConsents() {
        authorisations.clear();
        return this;
    }

    /** Without any team. */
    public PatientFixture withoutTeams() {
        teams.clear();
        return this;
    }

    /** A professional declared the consent so long ago. */
    public PatientFixture consent(String name, Duration ago) {
        return authorised(name, Basis.CONSENT, ago);
    }

    /** A professional is authorised since so long. */
    public PatientFixture authorised(String name, Basis basis, Duration ago) {
        authorisations.add(new Authorisation(Cast.subject(name), Cast.NOW.minus(ago), basis, Optional.empty()));
        return this;
    }

    /** With a declared care team. */
    public PatientFixture team(String... names) {
        teams.add(new CareTeam(
                "team-" + teams.size(), Arrays.stream(names).map(Cast::subject).collect(Collectors.toSet())));
        return this;
    }

    /** Blocks a professional. */
    public PatientFixture blocks(String name) {
        blocked.add(Cast.subject(name));
        return this;
    }

    /** Opposes break-glass. */
    public PatientFixture opposesBreakGlass() {
        opposesBreakGlass = true;
        return this;
    }

    /** Opposes the call centre. */
    public PatientFixture opposesRegulation() {
        opposesRegulation = true;
        return this;
    }

    /** Masks everything. */
    public PatientFixture masksAll() {
        masksAll = true;
        return this;
    }

    /** Gives a professional the rights of the treating physician. */
    public PatientFixture treatingRightsFor(String name) {
        treatingRights.add(Cast.subject(name));
        return this;
    }

    /** Opposes what a professional deposits. */
    public PatientFixture opposesDepositsOf(String name) {
        depositOpposed.add(Cast.subject(name));
        return this;
    }

    /** Authorises a digital service for these types. */
    public PatientFixture authorisesService(String name, String... types) {
        services.put(Cast.subject(name), Set.of(types));
        return this;
    }

    /** With a legal representative. */
    public PatientFixture represented(String localId) {
        return titled(new Representative(localId, Title.PARENT, Optional.empty(), Optional.empty()));
    }

    /** With a guardian. */
    public PatientFixture guarded(String localId) {
        return titled(new Representative(localId, Title.GUARDIAN, Optional.empty(), Optional.empty()));
    }

    /** With somebody who acts for him in law, and nobody of the same id besides. */
    public PatientFixture titled(Representative representative) {
        representatives.removeIf(known -> known.localId().equals(representative.localId()));
        representatives.add(representative);
        return this;
    }

    /** The facts. */
    public PatientFacts build() {
        return new PatientFacts(
                id,
                ins,
                former,
                birthDate,
                deceased,
                state,
                since,
                treating,
                new HolderChoices(
                        blocked,
                        opposesBreakGlass,
                        opposesRegulation,
                        masksAll,
                        treatingRights,
                        depositOpposed,
                        services),
                authorisations,
                teams,
                representatives);
    }
}
