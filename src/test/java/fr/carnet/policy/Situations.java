package fr.carnet.policy;

import static java.util.stream.Collectors.toSet;

import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Callers, circumstances, patients, settings and documents of every kind, at {@link Cast#NOW}: likely ones more often, so that
 * much is permitted and much refused. {@link SituationsTest} fails when there comes a fact that is not varied here.
 */
public final class Situations {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final String HOSPITAL = "1990000010";
    private static final List<String> READERS = List.of(
            "martin",
            "leroy",
            "petit",
            "roche",
            "dentist",
            "urgel",
            "nurse-h",
            "student",
            "coordinator",
            "ehpad",
            "pmi");
    private static final List<String> OTHER_PROFESSIONALS = List.of(
            "physio",
            "podiatrist",
            "samuel",
            "travail",
            "fireman",
            "secretary",
            "ambulance",
            "social-worker",
            "insurer",
            "adviser");
    private static final List<String> MACHINES = List.of("insurance", "automate", "service", "device");
    private static final List<String> HOLDERS = List.of("alice", "bruno", "chloe");
    private static final List<String> REPRESENTATIVES = List.of("mother", "guardian", "curator");
    private static final List<String> STAFF = List.of("operator", "auditor");
    private static final List<String> DEPOSITORS = List.of(
            "martin",
            "leroy",
            "petit",
            "nurse-h",
            "roche",
            "automate",
            "insurance",
            "service",
            "alice",
            "bruno",
            "mother");
    /** Classes of documents, known and not. */
    public static final List<String> CLASSES =
            List.of("10", "11", "31", "42", "43", "44", "45", "52", "60", "90", "95", "99", "other", "urn:oid:1.3.6");
    /** Types that the matrix does not know, some of them shaped like keys. */
    public static final List<String> UNKNOWN_TYPES = List.of("99999-9", "E1762", "class/10", "a:b", "SYNTH:x");

    private static final List<String> SECTORS =
            List.of("SA01", "SA07", "SA13", "SA17", "SA23", "SA24", "SA47", "SA66", "SA68");
    /** Just inside and just outside every duration of the rules, and one that is still to come. */
    private static final List<Duration> AGES = List.of(
            Duration.ofHours(-1),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(12).plusSeconds(1),
            Duration.ofDays(29),
            Duration.ofDays(31),
            Duration.ofDays(364),
            Duration.ofDays(365),
            Duration.ofDays(400));

    private static final List<Set<InsDomain>> DOMAINS = List.of(Set.of(), EnumSet.of(InsDomain.NIR, InsDomain.NIA));
    private static final List<Integer> MAJORITIES = List.of(16, 18, 21);

    private final Random random;

    /** Everything that it makes follows from the random numbers. */
    public Situations(Random random) {
        this.random = random;
    }

    /** Somebody at the door of the record of one of these patients of the cast. */
    public Situation situation(List<String> patients) {
        PolicySettings settings = settings();
        String name = any(patients);
        CallerFixture caller = caller(rarely(3) ? any(HOLDERS) : name);
        PatientFacts patient = patient(name, caller.subject());
        return new Situation(settings, caller.build(), context(patient.ins()), patient);
    }

    /** A document of the patient, seldom of another. */
    DocumentFacts document(String patient) {
        DocumentFixture document = Cast.document(rarely(8) ? any(UNKNOWN_TYPES) : any(MATRIX.rows()), any(CLASSES))
                .of(rarely(20) ? "bruno" : patient)
                .by(any(DEPOSITORS))
                .deposited(Cast.NOW
                        .minus(Duration.ofDays(any(List.of(0, 3, 13, 14, 15, 20, 27, 28, 30, 31, 32, 400))))
                        .minus(Duration.ofMinutes(any(List.of(0, 59, 11 * 60, 12 * 60, 14 * 60)))));
        some(Visibility.values(), 3).forEach(document::labelled);
        some(List.of("martin", "leroy", "petit"), 3).forEach(document::naming);
        document = rarely(4) ? document.superseded() : document;
        document = rarely(6) ? document.archived() : document;
        document = rarely(10) ? document.maskedByHolder() : document;
        return (rarely(12) ? document.deleted() : document).build();
    }

    private PolicySettings settings() {
        var settings = new SettingsFixture()
                .write(any(WriteEnforcement.values()))
                .domains(rarely(10) ? any(DOMAINS) : EnumSet.allOf(InsDomain.class));
        if (random.nextBoolean()) {
            settings.roleBasedAccess();
        }
        if (random.nextBoolean()) {
            settings.cumul();
        }
        if (rarely(10)) {
            settings.openExplanations();
        }
        if (rarely(10)) {
            settings.withoutMinors();
        }
        if (any(TeamPresumption.values()) == TeamPresumption.PRESUMED) {
            settings.presumed();
        }
        return (rarely(3) ? otherDelays(settings) : settings).build();
    }

    /** One set of parameters beside the defaults: each more is another policy to build. */
    private SettingsFixture otherDelays(SettingsFixture settings) {
        return settings.majority(any(MAJORITIES))
                .declarations(Duration.ofHours(1), Period.ofMonths(1))
                .opening(Period.ofWeeks(1))
                .announcement(Period.ofWeeks(4), Period.ofMonths(12));
    }

    private CallerFixture caller(String holder) {
        CallerFixture caller = Cast.caller(any(people(holder)));
        caller = rarely(4) ? otherColumn(caller) : caller;
        caller = rarely(5) ? caller.structure(HOSPITAL) : caller;
        caller = rarely(12) ? caller.sector(any(SECTORS)) : caller;
        caller = rarely(15) ? caller.function(any(List.of("FON-01", "FON-19", "FON-29", "FON-39"))) : caller;
        caller = rarely(15) ? caller.specialty(any(List.of("SM25", "SM54"))) : caller;
        caller = rarely(15) ? caller.regulator() : caller;
        return caller.authenticated(rarely(6) ? any(AuthenticationMode.values()) : AuthenticationMode.DIRECTE);
    }

    private List<String> people(String holder) {
        return any(List.of(
                READERS,
                READERS,
                READERS,
                READERS,
                READERS,
                OTHER_PROFESSIONALS,
                MACHINES,
                List.of(holder),
                REPRESENTATIVES,
                STAFF));
    }

    /** Any column of the matrix, also those that are not for callers of this kind, and one that does not exist. */
    private CallerFixture otherColumn(CallerFixture caller) {
        boolean columned = caller.kind() == CallerKind.PROFESSIONAL || caller.kind() == CallerKind.SYSTEM;
        List<String> codes = Stream.concat(
                        MATRIX.actors().stream().map(ActorCode::code), Stream.of("R85:999", "A00:SECRETARIAT_MEDICAL"))
                .toList();
        return columned ? caller.role(any(codes)) : caller;
    }

    private AccessContext context(Ins patient) {
        Optional<Ins> named = rarely(4) ? Optional.empty() : Optional.of(patient);
        Optional<AccessMode> mode = Optional.of(rarely(3) ? any(AccessMode.values()) : AccessMode.NORMAL);
        return new AccessContext(
                rarely(20) ? Optional.of(Cast.patient("david").build().ins()) : named,
                rarely(20) ? Optional.empty() : mode,
                new EmergencyStatement(
                        rarely(8)
                                ? any(List.of(Optional.<String>empty(), Optional.of(" ")))
                                : Optional.of("found unconscious"),
                        !rarely(6),
                        !rarely(6)),
                rarely(10));
    }

    private PatientFacts patient(String name, String caller) {
        PatientFixture patient = Cast.patient(name)
                .withoutConsents()
                .withoutTeams()
                .state(rarely(6) ? any(RecordState.values()) : RecordState.OPENED_ACTIVATED)
                .since(Cast.NOW.minus(Duration.ofDays(any(List.of(5, 8, 41, 42, 43, 100, 3_700)))))
                .domain(rarely(12) ? any(InsDomain.values()) : InsDomain.TEST)
                .born(birth());
        patient = rarely(4) ? patient.untreated() : patient.treatedBy(any(READERS));
        choices(patient);
        declarations(patient, caller);
        for (int teams = random.nextInt(3); teams > 0; teams--) {
            patient.team(
                    some(READERS, 2), rarely(4) ? begin() : Optional.empty(), rarely(4) ? end() : Optional.empty());
        }
        return titles(patient).build();
    }

    /** Long of age, long a minor, or with a birthday around today that makes or does not make of age. */
    private LocalDate birth() {
        if (rarely(3)) {
            LocalDate today = LegalCalendar.day(Cast.NOW);
            return today.minusYears(any(MAJORITIES)).plusDays(random.nextInt(3) - 1L);
        }
        return LocalDate.parse(any(List.of("1984-05-17", "2010-03-14")));
    }

    private void choices(PatientFixture patient) {
        some(READERS, 8).forEach(patient::blocks);
        some(READERS, 6).forEach(patient::treatingRightsFor);
        some(READERS, 8).forEach(patient::opposesDepositsOf);
        if (rarely(3)) {
            patient.authorisesService("service", some(MATRIX.rows(), 20).toArray(String[]::new));
        }
        if (rarely(3)) {
            patient.opposesBreakGlass();
        }
        if (rarely(3)) {
            patient.opposesRegulation();
        }
        if (rarely(8)) {
            patient.masksAll();
        }
        if (rarely(8)) {
            patient.was("emma");
        }
        if (rarely(12)) {
            patient.deceased();
        }
    }

    /** Of some professionals, and mostly of the one who asks. */
    private void declarations(PatientFixture patient, String caller) {
        Set<String> declared = some(READERS, 3).stream().map(Cast::subject).collect(toSet());
        if (!rarely(4)) {
            declared.add(caller);
        }
        declared.forEach(professional -> {
            patient.declared(authorisation(professional));
            if (rarely(4)) {
                patient.declared(authorisation(professional));
            }
        });
    }

    private Authorisation authorisation(String professional) {
        return new Authorisation(
                professional,
                Cast.NOW.minus(random.nextBoolean() ? Duration.ofHours(1) : any(AGES)),
                random.nextBoolean() ? Basis.CONSENT : any(Basis.values()),
                random.nextBoolean() ? Optional.of(any(List.of(HOSPITAL, "1990000044"))) : Optional.empty());
    }

    /** Mostly in title, else before or after it; of any title, curators mostly with the holder's agreement. */
    private PatientFixture titles(PatientFixture patient) {
        for (String who : List.of("chloe-mother", "farid-guardian", "alice-curator")) {
            if (!rarely(4)) {
                patient.titled(new Representative(who, any(Title.values()), begin(), end(), random.nextBoolean()));
            }
            if (!rarely(3)) {
                patient.agreesToCurator(who);
            }
        }
        return patient;
    }

    private Optional<Instant> begin() {
        return any(List.of(Optional.<Instant>empty(), Optional.of(Cast.NOW), Optional.of(Cast.NOW.plusSeconds(1))));
    }

    private Optional<Instant> end() {
        return any(List.of(Optional.<Instant>empty(), Optional.of(Cast.NOW.plusSeconds(1)), Optional.of(Cast.NOW)));
    }

    private boolean rarely(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Each of them once in so many times. */
    private <T> Set<T> some(List<T> values, int oneIn) {
        return values.stream().filter(value -> rarely(oneIn)).collect(toSet());
    }

    private <T> Set<T> some(T[] values, int oneIn) {
        return some(Arrays.asList(values), oneIn);
    }
}
