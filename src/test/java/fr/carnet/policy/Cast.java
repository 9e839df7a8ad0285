package fr.carnet.policy;

import fr.carnet.shared.CallerKind;
import fr.carnet.shared.InsDomain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;

/** The persons of the acceptance scenarios, as facts of the policy. */
public final class Cast {

    /** The instant at which the cases are played. */
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final Duration TEN_DAYS = Duration.ofDays(10);
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    private static final Map<String, CallerFixture> CALLERS = Map.ofEntries(
            Map.entry(
                    "martin",
                    professional("899700100011", "10").specialty("SM54").structure("399999001300016")),
            Map.entry(
                    "leroy",
                    professional("899700100029", "10").specialty("SM04").structure("1990000010")),
            Map.entry("petit", professional("899700100037", "60").structure("399999002100019")),
            Map.entry("roche", professional("899700100045", "21").specialty("A").structure("1990000044")),
            Map.entry("dentist", professional("899700100052", "40").structure("399999003900011")),
            Map.entry("physio", professional("899700100060", "70").structure("399999004700014")),
            Map.entry(
                    "urgel",
                    professional("899700100086", "10").specialty("SM59").structure("1990000028")),
            Map.entry(
                    "samuel",
                    professional("899700100094", "10").structure("1990000036").regulator()),
            Map.entry(
                    "travail",
                    professional("899700100102", "10")
                            .specialty("SM25")
                            .function("FON-29")
                            .sector("SA13")
                            .structure("399999006200013")),
            Map.entry(
                    "fireman", professional("899700100193", "10").sector("SA68").structure("1990000077")),
            Map.entry(
                    "pmi", professional("899700100201", "10").function("FON-39").sector("SA15")),
            Map.entry("ehpad", professional("899700100243", "10").sector("SA17").structure("1990000093")),
            Map.entry("coordinator", professional("899700100110", "R22:GENR08").sector("SA57")),
            Map.entry("secretary", professional("899700100128", "R85:331").structure("399999001300016")),
            Map.entry(
                    "nurse-h", professional("899700100144", "60").sector("SA01").structure("1990000010")),
            Map.entry("podiatrist", professional("899700100151", "80").structure("399999011200016")),
            Map.entry("social-worker", professional("899700100177", "R94:41").sector("SA41")),
            Map.entry("ambulance", professional("899700100219", "36").structure("1990000085")),
            Map.entry("student", professional("899700100227", "G16:10").structure("1990000010")),
            Map.entry(
                    "insurer",
                    professional("899700100185", "10").specialty("SM54").sector("SA23")),
            Map.entry(
                    "adviser",
                    professional("899700100235", "10").function("FON-19").sector("SA24")),
            Map.entry("alice", holder("284057505601204")),
            Map.entry("bruno", holder("162113523804516")),
            Map.entry("chloe", holder("210034410902123")),
            Map.entry("david", holder("179076912303314")),
            Map.entry("emma", holder("293016748201725")),
            Map.entry("farid", holder("145091305506492")),
            Map.entry("mother", new CallerFixture(CallerKind.REPRESENTATIVE, "chloe-mother")),
            Map.entry("guardian", new CallerFixture(CallerKind.REPRESENTATIVE, "farid-guardian")),
            Map.entry("father", new CallerFixture(CallerKind.REPRESENTATIVE, "chloe-father")),
            Map.entry("curator", new CallerFixture(CallerKind.REPRESENTATIVE, "alice-curator")),
            Map.entry("alice-curator", new CallerFixture(CallerKind.REPRESENTATIVE, "alice-curator")),
            Map.entry(
                    "insurance",
                    system("insurance", "A00:ALIM_AM").sector("SA24").structure("399999008800018")),
            Map.entry("automate", system("hospital-automate", "A00:AUTOMATE").structure("1990000010")),
            Map.entry("service", system("service", "A00:SNR").structure("399999009600011")),
            Map.entry("device", system("device", "A00:DISPOSITIF").structure("1990000010")),
            Map.entry("operator", new CallerFixture(CallerKind.OPERATOR, "operator")),
            Map.entry("auditor", new CallerFixture(CallerKind.AUDITOR, "auditor")));

    private Cast() {}

    /** A caller by name, unchanged; withers give variants. */
    public static CallerFixture caller(String name) {
        CallerFixture caller = CALLERS.get(name);
        if (caller == null) {
            throw new IllegalArgumentException("nobody of the cast: " + name);
        }
        return caller;
    }

    /** Local id, matricule or idNat_PS of somebody of the cast. */
    public static String subject(String name) {
        return caller(name).subject();
    }

    /** A patient by name, with the choices of the scenarios. */
    public static PatientFixture patient(String name) {
        return switch (name) {
            case "alice" ->
                of("alice", "1984-05-17", RecordState.OPENED_ACTIVATED)
                        .treatedBy("martin")
                        .team("leroy", "nurse-h")
                        .consent("martin", TEN_DAYS)
                        .consent("leroy", TEN_DAYS)
                        .consent("petit", ONE_HOUR)
                        .consent("roche", ONE_HOUR)
                        .consent("dentist", ONE_HOUR)
                        .consent("podiatrist", ONE_HOUR)
                        .consent("coordinator", ONE_HOUR);
            case "bruno" -> of("bruno", "1962-11-03", RecordState.OPENED_AUTO).consent("martin", ONE_HOUR);
            case "chloe" ->
                of("chloe", "2010-03-14", RecordState.OPENED_ACTIVATED)
                        .treatedBy("martin")
                        .consent("martin", TEN_DAYS)
                        .represented("chloe-mother");
            case "david" -> of("david", "1979-07-22", RecordState.OPPOSED);
            case "emma" -> of("emma", "1993-01-09", RecordState.CLOSED).consent("martin", ONE_HOUR);
            case "farid" ->
                of("farid", "1945-09-30", RecordState.OPENED_ACTIVATED).guarded("farid-guardian");
            case "gina" ->
                new PatientFixture("gina", "288062A00401976", LocalDate.parse("1988-06-05"))
                        .state(RecordState.NOTIFIED);
            default -> throw new IllegalArgumentException("no patient of the cast: " + name);
        };
    }

    /** A document of Alice's, deposited by Dr Leroy. */
    public static DocumentFixture document(String type, String classCode) {
        return new DocumentFixture(type, classCode);
    }

    /** Settings of a sandbox: as deployed, test matricules accepted. */
    public static PolicySettings settings() {
        return new SettingsFixture().domains(EnumSet.allOf(InsDomain.class)).build();
    }

    private static PatientFixture of(String name, String birthDate, RecordState state) {
        return new PatientFixture(name, subject(name), LocalDate.parse(birthDate)).state(state);
    }

    private static CallerFixture professional(String subject, String role) {
        return new CallerFixture(CallerKind.PROFESSIONAL, subject).role(role);
    }

    private static CallerFixture holder(String ins) {
        return new CallerFixture(CallerKind.HOLDER, ins);
    }

    private static CallerFixture system(String subject, String role) {
        return new CallerFixture(CallerKind.SYSTEM, subject).role(role);
    }
}
