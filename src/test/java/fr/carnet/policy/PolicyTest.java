package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class PolicyTest {

    private static final Policy POLICY = new Policy(HabilitationMatrix.load(), Cast.settings());

    @Tag("property")
    @Property(tries = 20_000)
    void everyQuestionHasAnAnswer(@ForAll("questions") AccessRequest question) {
        Decision decision = POLICY.decide(question);

        assertThat(decision).isEqualTo(POLICY.decide(question));
        if (decision instanceof Deny deny) {
            assertThat(deny.reason().permits()).isFalse();
        } else {
            assertThat(((Decision.Permit) decision).reasons()).isNotEmpty().allMatch(Rule::permits);
        }
    }

    /** What a refusal tells of one document must not depend on the document, unless the caller may read it. */
    @Tag("property")
    @Property(tries = 20_000)
    void hiddenDocumentIsAnsweredLikeADeletedOne(@ForAll("updates") AccessRequest hidden) {
        DocumentFacts document = hidden.document().orElseThrow();
        boolean author = Authorship.isAuthor(hidden.caller(), document);
        if (author || POLICY.decide(with(hidden, Action.READ, document)).permitted()) {
            return;
        }
        DocumentFacts deleted = new DocumentFacts(
                document.patient(),
                document.type(),
                document.classCode(),
                document.visibility(),
                document.depositor(),
                document.authors(),
                document.current(),
                document.archived(),
                true,
                document.maskedByHolder(),
                document.depositedAt());

        assertThat(told(hidden)).isEqualTo(told(with(hidden, hidden.action(), deleted)));
    }

    @Example
    void statusOfAuthorisationIsTold() {
        PatientFixture alice = Cast.patient("alice").withoutConsents();

        assertThat(status("leroy", alice.build())).isEqualTo(AuthorisationStatus.NONE);
        assertThat(status("leroy", alice.consent("leroy", Duration.ofDays(400)).build()))
                .isEqualTo(AuthorisationStatus.EXPIRED);
        assertThat(status("leroy", alice.consent("leroy", Duration.ofDays(1)).build()))
                .isEqualTo(AuthorisationStatus.VALID);
        assertThat(status("leroy", alice.blocks("leroy").build())).isEqualTo(AuthorisationStatus.FORBIDDEN);
    }

    @Example
    void statusIsNoneWithoutATitleToIt() {
        PatientFixture alice = Cast.patient("alice").withoutConsents();
        alice.authorised("dentist", Basis.TEAM, Duration.ofHours(1))
                .consent("leroy", Duration.ofHours(1))
                .team("leroy", "travail")
                .authorised("travail", Basis.TEAM, Duration.ofHours(1))
                .consent("fireman", Duration.ofHours(1))
                .consent("automate", Duration.ofHours(1));

        assertThat(List.of("dentist", "travail", "fireman", "automate"))
                .allSatisfy(name -> assertThat(status(name, alice.build())).isEqualTo(AuthorisationStatus.NONE));
    }

    /** R114: what the jobs and the notices ask the policy runs on the same calendar. */
    @Example
    void announcementAndItsBoundAreTold() {
        DocumentFixture hidden = Cast.document("SYNTH", "11").labelled(Visibility.INVISIBLE_PATIENT);

        assertThat(POLICY.announcement(
                        hidden.deposited(Instant.parse("2026-11-20T10:00:00Z")).build(), Cast.NOW))
                .isEqualTo(Announcement.AWAITED);
        assertThat(POLICY.announcement(
                        hidden.deposited(Instant.parse("2026-11-01T10:00:00Z")).build(), Cast.NOW))
                .isEqualTo(Announcement.LATE);
        assertThat(POLICY.lateBefore(Cast.NOW)).isEqualTo(Instant.parse("2026-11-10T23:00:00Z"));
    }

    @Example
    void stateIsTheOneOfTheInstant() {
        assertThat(POLICY.stateOf(Cast.patient("gina").build(), Cast.NOW)).isEqualTo(RecordState.OPENED_AUTO);
        assertThat(POLICY.stateOf(Cast.patient("emma").build(), Cast.NOW)).isEqualTo(RecordState.CLOSED);
    }

    @Example
    void representativeActsForHisOwnAndWhileHisTitleLasts() {
        PatientFixture chloe = Cast.patient("chloe");

        assertThat(POLICY.isRepresentedBy("chloe-mother", chloe.build(), Cast.NOW))
                .isTrue();
        assertThat(POLICY.isRepresentedBy("farid-guardian", chloe.build(), Cast.NOW))
                .isFalse();
        assertThat(POLICY.isRepresentedBy(
                        "chloe-mother",
                        chloe.born(LocalDate.parse("2008-11-21")).build(),
                        Cast.NOW))
                .isFalse();
    }

    @Example
    void holderIsToldOfWhatNoRepresentativeOfHisMustKnow() {
        DocumentFacts shown = Cast.document("SYNTH", "11").build();
        DocumentFacts secret = Cast.document("SYNTH", "11")
                .labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX)
                .build();
        PatientFacts adult = Cast.patient("alice").build();
        PatientFacts minor = Cast.patient("chloe").build();
        PatientFacts closed = Cast.patient("emma").build();

        assertThat(POLICY.mayTellOfDocument(adult, secret, false, Cast.NOW)).isTrue();
        assertThat(POLICY.mayTellOfDocument(minor, shown, false, Cast.NOW)).isTrue();
        assertThat(POLICY.mayTellOfDocument(minor, secret, false, Cast.NOW)).isFalse();
        assertThat(POLICY.mayTellOfDocument(closed, shown, false, Cast.NOW)).isFalse();
        assertThat(POLICY.owesNotice(closed, Cast.NOW)).isFalse();
    }

    @Example
    void matrixInServiceDependsOnTheSwitch() {
        Policy ordered = new Policy(
                HabilitationMatrix.load(),
                new SettingsFixture().roleBasedAccess().build());

        assertThat(ordered.matrix().actors()).hasSize(64);
        assertThat(POLICY.matrix().actors()).hasSize(58);
        assertThat(ordered.settings().roleBasedAccess()).isTrue();
    }

    @Provide
    Arbitrary<AccessRequest> questions() {
        return requests(Arbitraries.of(Action.class), documents().optional(0.6));
    }

    @Provide
    Arbitrary<AccessRequest> updates() {
        Arbitrary<Action> byId = Arbitraries.of(
                Action.READ,
                Action.DELETE,
                Action.ARCHIVE,
                Action.MASK,
                Action.UNMASK,
                Action.HIDE_FROM_HOLDER,
                Action.SHOW_TO_HOLDER,
                Action.HIDE_FROM_REPRESENTATIVES,
                Action.SHOW_TO_REPRESENTATIVES);
        return requests(byId, documents().map(Optional::of));
    }

    private static Arbitrary<AccessRequest> requests(
            Arbitrary<Action> actions, Arbitrary<Optional<DocumentFacts>> documents) {
        Arbitrary<String> people = Arbitraries.of(
                "martin",
                "leroy",
                "petit",
                "urgel",
                "samuel",
                "travail",
                "fireman",
                "secretary",
                "nurse-h",
                "adviser",
                "alice",
                "bruno",
                "mother",
                "guardian",
                "insurance",
                "automate",
                "service",
                "operator",
                "auditor");
        return Combinators.combine(
                        people,
                        Arbitraries.of(AuthenticationMode.class),
                        contexts(),
                        actions,
                        patients().optional(0.85),
                        documents,
                        consents().optional(0.6),
                        circles().optional(0.6))
                .as((name, authentication, context, action, patient, document, consent, circle) -> new AccessRequest(
                        Cast.caller(name).authenticated(authentication).build(),
                        context,
                        action,
                        patient,
                        document,
                        consent,
                        circle,
                        Cast.NOW));
    }

    private static Arbitrary<AccessContext> contexts() {
        return Combinators.combine(
                        Arbitraries.of(AccessMode.class).optional(0.9),
                        Arbitraries.of("alice", "alice", "alice", "bruno").optional(0.7),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false, false))
                .as((mode, patient, stated, secret) -> new AccessContext(
                        patient.map(name -> Cast.patient(name).build().ins()),
                        mode,
                        new EmergencyStatement(Optional.of("unconscious"), stated, true),
                        secret));
    }

    private static Arbitrary<PatientFacts> patients() {
        Arbitrary<String> names = Arbitraries.of("alice", "alice", "alice", "chloe", "farid", "emma", "david", "gina");
        return Combinators.combine(
                        names,
                        Arbitraries.of("petit", "leroy", "urgel"),
                        Arbitraries.of("urgel", "travail", "nurse-h"),
                        Arbitraries.of(Basis.class),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false, false, false))
                .as((name, blocked, authorised, basis, opposes, masksAll) -> {
                    PatientFixture patient =
                            Cast.patient(name).blocks(blocked).authorised(authorised, basis, Duration.ofHours(2));
                    if (masksAll) {
                        patient.masksAll().opposesDepositsOf(blocked).treatingRightsFor(authorised);
                    }
                    return opposes ? patient.opposesBreakGlass().build() : patient.build();
                });
    }

    private static Arbitrary<DocumentFacts> documents() {
        return Combinators.combine(
                        Arbitraries.of("PROT_ALD", "11488-4", "ATTEST-RESID", "DOCPAT03", "REMB", "99999-9"),
                        Arbitraries.of("10", "44", "60", "99"),
                        Arbitraries.of("alice", "alice", "chloe"),
                        Arbitraries.of("leroy", "petit", "alice", "automate"),
                        Arbitraries.of(Visibility.class).set().ofMaxSize(2),
                        Arbitraries.of(true, false))
                .as((type, classCode, patient, by, labels, current) -> {
                    DocumentFixture document =
                            Cast.document(type, classCode).of(patient).by(by);
                    labels.forEach(document::labelled);
                    return current ? document.build() : document.superseded().build();
                });
    }

    private static Arbitrary<ConsentFacts> consents() {
        Arbitrary<Optional<String>> subjects =
                Arbitraries.of("martin", "petit", "leroy").map(Cast::subject).optional(0.8);
        return Combinators.combine(Arbitraries.of(Kind.class), subjects, subjects, Arbitraries.of(true, false))
                .as(ConsentFacts::new);
    }

    private static Arbitrary<CircleFacts> circles() {
        Arbitrary<CircleFacts> teams = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("martin", "leroy", "nurse-h")
                                .map(Cast::subject)
                                .set()
                                .ofMaxSize(3),
                        Arbitraries.of("1990000010", "399999001300016").optional(0.7),
                        Arbitraries.of(TeamFacts.Declarer.class).optional(0.8),
                        Arbitraries.of(true, false))
                .as(TeamFacts::new);
        Arbitrary<CircleFacts> persons = Combinators.combine(
                        Arbitraries.of("chloe-father", "chloe-mother", "farid-guardian"),
                        Arbitraries.of(PatientFacts.Representative.Title.class))
                .as(RelatedFacts::new);
        return Arbitraries.oneOf(teams, persons);
    }

    private static AccessRequest with(AccessRequest request, Action action, DocumentFacts document) {
        return new AccessRequest(
                request.caller(),
                request.context(),
                action,
                request.patient(),
                Optional.of(document),
                request.consent(),
                request.now());
    }

    /** What the caller learns: the rule that is said, or nothing; a permitted change would be learnt too. */
    private static Set<Object> told(AccessRequest request) {
        Decision decision = POLICY.decide(request);
        if (decision instanceof Deny deny) {
            return deny.disclosure() == Decision.Disclosure.SAY ? Set.of(deny.reason()) : Set.of();
        }
        return Set.of(List.of("permitted"));
    }

    private static AuthorisationStatus status(String name, PatientFacts patient) {
        return POLICY.authorisationStatus(Cast.caller(name).build(), patient, Cast.NOW);
    }
}
