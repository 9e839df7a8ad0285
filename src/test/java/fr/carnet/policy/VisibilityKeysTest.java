package fr.carnet.policy;

import static java.util.Collections.disjoint;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** SQL and memory agree: keys meet exactly where the policy permits. */
class VisibilityKeysTest {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final List<String> READERS =
            List.of("martin", "leroy", "petit", "roche", "urgel", "nurse-h", "student", "coordinator", "ehpad");
    private static final List<String> OTHERS = List.of(
            "samuel",
            "travail",
            "secretary",
            "insurer",
            "adviser",
            "ambulance",
            "alice",
            "bruno",
            "mother",
            "guardian",
            "insurance",
            "automate",
            "service",
            "operator",
            "auditor");
    private static final List<String> DEPOSITORS = List.of("martin", "leroy", "petit", "nurse-h", "automate", "alice");
    private static final List<String> CLASSES =
            List.of("10", "11", "31", "42", "43", "44", "45", "52", "60", "90", "95", "99", "other", "urn:oid:1.3.6");

    private static final Map<PolicySettings, Policy> POLICIES = Stream.of(true, false)
            .flatMap(roles -> Stream.of(TeamPresumption.values()).map(presumption -> settings(roles, presumption)))
            .collect(toMap(settings -> settings, settings -> new Policy(MATRIX, settings)));

    record Situation(Caller caller, AccessContext context, PatientFacts patient, PolicySettings settings) {}

    @Property(tries = 40_000)
    void keysMeetExactlyWhereThePolicyPermits(
            @ForAll("situations") Situation situation, @ForAll("documents") DocumentFacts document) {
        Policy policy = POLICIES.get(situation.settings());
        VisibilityKeys keys = new VisibilityKeys(policy);
        boolean permitted = permits(policy, situation, document);

        Statistics.collect(permitted ? "visible" : "hidden");
        Statistics.coverage(coverage -> coverage.check("visible").percentage(p -> p > 5));
        assertThat(meet(keys, situation, shown(policy, document))).isEqualTo(permitted);
        if (!permitted) {
            assertThat(meet(keys, situation, document))
                    .as("before the due job has run, SQL errs on the hidden side")
                    .isFalse();
        }
    }

    @Property(tries = 10_000)
    void lotIsVisibleWhereOneOfItsDocumentsIs(
            @ForAll("situations") Situation situation, @ForAll("lots") List<DocumentFacts> lot) {
        Policy policy = POLICIES.get(situation.settings());
        VisibilityKeys keys = new VisibilityKeys(policy);
        Set<String> union = lot.stream()
                .map(document -> shown(policy, document))
                .flatMap(d -> keys.keysOf(d).stream())
                .collect(toSet());
        boolean permitted = lot.stream().anyMatch(document -> permits(policy, situation, document));

        assertThat(!disjoint(union, keysFor(keys, situation))).isEqualTo(permitted);
    }

    @Example
    void keysOfAPlainDocumentNameTypeHolderAndRepresentative() {
        assertThat(keys().keysOf(Cast.document("SYNTH", "11").build())).containsExactlyInAnyOrder("t:SYNTH", "p", "r");
    }

    @Example
    void keysOfAMaskedDocumentNameItsDepositorAndNoNamedAuthor() {
        DocumentFacts masked = Cast.document("SYNTH", "11")
                .labelled(Visibility.MASQUE_PS)
                .naming("petit")
                .build();

        assertThat(keys().keysOf(masked))
                .containsExactlyInAnyOrder("m:SYNTH", "a/899700100029:SYNTH", "e/1990000010:SYNTH", "p", "r");
    }

    @Example
    void keysOfHiddenAndDeletedDocuments() {
        DocumentFixture invisible = Cast.document("99999-9", "10").labelled(Visibility.INVISIBLE_PATIENT);
        DocumentFixture secret = Cast.document("SYNTH", "11").labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);

        assertThat(keys().keysOf(invisible.build())).containsExactly("t:class/10");
        assertThat(keys().keysOf(secret.build())).containsExactlyInAnyOrder("t:SYNTH", "p");
        assertThat(keys().keysOf(secret.deleted().build())).isEmpty();
    }

    @Example
    void callersHoldAFewHundredKeysAtMost() {
        AccessContext normal =
                new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);
        PatientFacts alice = Cast.patient("alice").build();

        assertThat(keys().keysFor(Cast.caller("martin").build(), normal, alice, Cast.NOW)
                        .all())
                .hasSize(4 * 118)
                .contains("m:SYNTH", "t:class/other");
        assertThat(keys().keysFor(Cast.caller("alice").build(), normal, alice, Cast.NOW)
                        .all())
                .containsExactly("p");
        assertThat(keys().keysFor(Cast.caller("bruno").build(), normal, alice, Cast.NOW)
                        .all())
                .isEmpty();
    }

    @Example
    void maskingEverythingTakesAllKeysFromProfessionalsAndNoneFromTheHolder() {
        AccessContext normal =
                new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);
        PatientFacts alice =
                Cast.patient("alice").masksAll().treatingRightsFor("petit").build();

        for (String name : List.of("martin", "leroy", "petit")) {
            assertThat(keys().keysFor(Cast.caller(name).build(), normal, alice, Cast.NOW)
                            .isEmpty())
                    .isTrue();
        }
        assertThat(keys().keysFor(Cast.caller("alice").build(), normal, alice, Cast.NOW)
                        .all())
                .containsExactly("p");
    }

    private static VisibilityKeys keys() {
        return new VisibilityKeys(new Policy(MATRIX, Cast.settings()));
    }

    private static boolean permits(Policy policy, Situation situation, DocumentFacts document) {
        AccessRequest read = new AccessRequest(
                situation.caller(),
                situation.context(),
                Action.READ,
                Optional.of(situation.patient()),
                Optional.of(document),
                Optional.empty(),
                Cast.NOW);
        return policy.decide(read).permitted();
    }

    private static boolean meet(VisibilityKeys keys, Situation situation, DocumentFacts document) {
        return !disjoint(keys.keysOf(document), keysFor(keys, situation));
    }

    /** The document as the due job leaves it (R114). */
    private static DocumentFacts shown(Policy policy, DocumentFacts document) {
        if (policy.announcement(document, Cast.NOW) != Announcement.OVERDUE) {
            return document;
        }
        Set<Visibility> labels = EnumSet.copyOf(document.visibility());
        labels.remove(Visibility.INVISIBLE_PATIENT);
        return new DocumentFacts(
                document.patient(),
                document.type(),
                document.classCode(),
                labels,
                document.depositor(),
                document.authors(),
                document.current(),
                document.archived(),
                document.deleted(),
                document.maskedByHolder(),
                document.depositedAt());
    }

    private static Set<String> keysFor(VisibilityKeys keys, Situation situation) {
        return keys.keysFor(situation.caller(), situation.context(), situation.patient(), Cast.NOW)
                .all();
    }

    @Provide
    Arbitrary<List<DocumentFacts>> lots() {
        return documents().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<DocumentFacts> documents() {
        Arbitrary<String> types = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(MATRIX.rows())),
                Tuple.of(1, Arbitraries.of("99999-9", "E1762", "class/10", "a:b")));
        Arbitrary<Set<Visibility>> labels =
                Arbitraries.of(Visibility.class).set().ofMaxSize(3);
        Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false, false, false, false);
        return Combinators.combine(
                        types,
                        Arbitraries.of(CLASSES),
                        labels,
                        Arbitraries.of(DEPOSITORS),
                        Arbitraries.of(DEPOSITORS).set().ofMaxSize(2),
                        Arbitraries.of(true, false),
                        rarely,
                        Arbitraries.of(0, 3, 14, 30, 31, 32, 400))
                .as((type, classCode, visibility, by, authors, current, deleted, daysAgo) -> new DocumentFacts(
                        "alice",
                        type,
                        classCode,
                        visibility,
                        depositor(by),
                        authors.stream().map(Cast::subject).collect(toSet()),
                        current,
                        !current,
                        deleted,
                        false,
                        Cast.NOW.minus(Duration.ofDays(daysAgo))));
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Combinators.combine(callers(), contexts(), patients(), settings())
                .as(Situation::new);
    }

    private static Depositor depositor(String name) {
        Caller caller = Cast.caller(name).build();
        Optional<ActorCode> role = name.equals("alice") ? Optional.of(ActorCode.HOLDER) : caller.role();
        return new Depositor(caller.subject(), role, caller.structure());
    }

    private static Arbitrary<Caller> callers() {
        Arbitrary<AuthenticationMode> modes = Arbitraries.frequency(
                Tuple.of(8, AuthenticationMode.DIRECTE),
                Tuple.of(1, AuthenticationMode.INDIRECTE),
                Tuple.of(1, AuthenticationMode.INDIRECTE_RENFORCEE));
        Arbitrary<Optional<String>> structures =
                Arbitraries.frequency(Tuple.of(8, Optional.<String>empty()), Tuple.of(2, Optional.of("1990000010")));
        return Combinators.combine(people(), modes, structures).as((name, mode, structure) -> {
            CallerFixture caller = Cast.caller(name).authenticated(mode);
            return structure.map(caller::structure).orElse(caller).build();
        });
    }

    private static Arbitrary<String> people() {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.of(READERS)), Tuple.of(1, Arbitraries.of(OTHERS)));
    }

    private static Arbitrary<AccessContext> contexts() {
        Arbitrary<Optional<AccessMode>> modes = Arbitraries.frequency(
                Tuple.of(6, Optional.of(AccessMode.NORMAL)),
                Tuple.of(2, Optional.of(AccessMode.BREAK_GLASS)),
                Tuple.of(1, Optional.of(AccessMode.REGULATION)),
                Tuple.of(1, Optional.<AccessMode>empty()));
        Arbitrary<Optional<String>> named = Arbitraries.frequency(
                Tuple.of(3, Optional.<String>empty()),
                Tuple.of(6, Optional.of("alice")),
                Tuple.of(1, Optional.of("bruno")));
        return Combinators.combine(modes, named, Arbitraries.of(true, true, false))
                .as((mode, patient, stated) -> new AccessContext(
                        patient.map(name -> Cast.patient(name).build().ins()),
                        mode,
                        new EmergencyStatement(Optional.of("unconscious"), stated, true),
                        false));
    }

    private static Arbitrary<PatientFacts> patients() {
        Arbitrary<RecordState> states = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(RecordState.OPENED_ACTIVATED)),
                Tuple.of(2, Arbitraries.of(RecordState.class)));
        Arbitrary<LocalDate> births = Arbitraries.of(LocalDate.parse("1984-05-17"), LocalDate.parse("2010-03-14"));
        Arbitrary<Set<String>> blocked =
                Arbitraries.of("leroy", "petit", "urgel", "roche").set().ofMaxSize(2);
        Arbitrary<Set<String>> authorised = Arbitraries.of(READERS).set().ofMinSize(3);
        Arbitrary<PatientFixture> registered = Combinators.combine(
                        states, births, Arbitraries.of("martin", "leroy", "petit"), representatives())
                .as((state, birthDate, treating, representatives) -> {
                    PatientFixture patient = Cast.patient("alice")
                            .state(state)
                            .born(birthDate)
                            .treatedBy(treating)
                            .authorisesService("service", "29274-8");
                    representatives.forEach(patient::titled);
                    return patient;
                });
        return Combinators.combine(
                        registered,
                        blocked,
                        authorised,
                        Arbitraries.of(Basis.class),
                        Arbitraries.of(1, 11, 13, 24 * 400),
                        choices())
                .as(VisibilityKeysTest::patient);
    }

    /** Mother and guardian: mostly in title, else before or after it. */
    private static Arbitrary<List<Representative>> representatives() {
        Arbitrary<Optional<Instant>> from = Arbitraries.frequency(
                Tuple.of(5, Optional.<Instant>empty()),
                Tuple.of(2, Optional.of(Cast.NOW)),
                Tuple.of(1, Optional.of(Cast.NOW.plusSeconds(1))));
        Arbitrary<Optional<Instant>> until = Arbitraries.frequency(
                Tuple.of(5, Optional.<Instant>empty()),
                Tuple.of(2, Optional.of(Cast.NOW.plusSeconds(1))),
                Tuple.of(1, Optional.of(Cast.NOW)));
        return Combinators.combine(from, until)
                .as((begin, end) -> List.of(
                        new Representative("chloe-mother", Title.PARENT, begin, end, false),
                        new Representative("farid-guardian", Title.GUARDIAN, begin, end, false)));
    }

    /** What else the holder chose, to be added to the patient. */
    private static Arbitrary<UnaryOperator<PatientFixture>> choices() {
        Arbitrary<Boolean> seldom = Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        seldom,
                        seldom,
                        Arbitraries.of("petit", "nurse-h", "roche", "martin")
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.of("martin", "leroy").set().ofMaxSize(1))
                .as((opposesBreakGlass, opposesRegulation, masksAll, equals, opposed) -> patient -> {
                    PatientFixture chosen = opposesBreakGlass ? patient.opposesBreakGlass() : patient;
                    chosen = opposesRegulation ? chosen.opposesRegulation() : chosen;
                    chosen = masksAll ? chosen.masksAll() : chosen;
                    equals.forEach(chosen::treatingRightsFor);
                    opposed.forEach(chosen::opposesDepositsOf);
                    return chosen;
                });
    }

    private static PatientFacts patient(
            PatientFixture patient,
            Set<String> blocked,
            Set<String> authorised,
            Basis basis,
            int hoursAgo,
            UnaryOperator<PatientFixture> choices) {
        blocked.forEach(patient::blocks);
        authorised.forEach(name -> patient.authorised(name, basis, Duration.ofHours(hoursAgo)));
        return choices.apply(patient).build();
    }

    private static Arbitrary<PolicySettings> settings() {
        return Arbitraries.of(POLICIES.keySet());
    }

    private static PolicySettings settings(boolean roles, TeamPresumption presumption) {
        SettingsFixture settings = new SettingsFixture().domains(EnumSet.allOf(InsDomain.class));
        if (roles) {
            settings.roleBasedAccess();
        }
        return presumption == TeamPresumption.PRESUMED ? settings.presumed().build() : settings.build();
    }
}
