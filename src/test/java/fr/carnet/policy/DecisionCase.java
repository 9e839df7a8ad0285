package fr.carnet.policy;

import static java.util.stream.Collectors.joining;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.policy.TeamFacts.Declarer;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of a table of cases: {@code title | caller | context | patient | action | object | settings | expected}, words
 * separated by spaces, {@code -} for nothing. The words are those of the parsing methods below.
 */
record DecisionCase(List<String> cells, PolicySettings settings, AccessRequest request) {

    private static final int COLUMNS = 8;
    private static final EmergencyStatement STATED =
            new EmergencyStatement(Optional.of("found unconscious"), true, true);

    static List<DecisionCase> read(String resource) {
        try (InputStream in = DecisionCase.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(DecisionCase::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The decision, in the words of the table: all reasons and obligations, or the rule and its disclosure. */
    static String words(Decision decision) {
        if (decision instanceof Deny deny) {
            return deny.reason().messageKey() + " " + deny.disclosure();
        }
        Permit permit = (Permit) decision;
        String reasons = permit.reasons().stream().map(Rule::messageKey).collect(joining(" "));
        String obligations =
                permit.obligations().stream().sorted().map(Enum::name).collect(joining(" ", " +", ""));
        return "permit " + reasons + (permit.obligations().isEmpty() ? "" : obligations);
    }

    /** What the case is about. */
    String title() {
        return cells.get(0);
    }

    /** The decision, as {@link #words} writes it. */
    String expected() {
        return cells.get(COLUMNS - 1);
    }

    boolean expectsPermit() {
        return expected().startsWith("permit ");
    }

    boolean expectsObligation() {
        return expected().contains("+");
    }

    /** Ids of the rules that the case tries: the title begins with them. */
    List<String> rules() {
        return Arrays.stream(title().split(" ", -1))
                .takeWhile(word -> word.matches("R\\d+"))
                .toList();
    }

    @Override
    public String toString() {
        return title();
    }

    private static DecisionCase parse(String line) {
        String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(cells.length + " columns: " + line);
        }
        String name = cells[3].split(" ", 2)[0];
        boolean record = !name.equals("-");
        boolean consent = cells[4].contains("CONSENT");
        boolean circle = cells[4].contains("TEAM")
                || cells[4].contains("RELATED")
                || cells[4].contains("COMMUNICATION")
                || isOfMessages(cells[4]);
        AccessRequest request = new AccessRequest(
                caller(cells[1]).build(),
                context(cells[2], record ? Optional.of(name) : Optional.empty()),
                Action.valueOf(cells[4]),
                record ? Optional.of(patient(cells[3]).build()) : Optional.empty(),
                consent || circle || cells[5].equals("-") ? Optional.empty() : Optional.of(document(cells[5], name)),
                !consent || cells[5].equals("-") ? Optional.empty() : Optional.of(consent(cells[5])),
                !circle || cells[5].equals("-") ? Optional.empty() : Optional.of(circle(cells[5])),
                Cast.NOW);
        return new DecisionCase(
                Arrays.stream(cells).map(cell -> cell.replaceAll(" +", " ")).toList(), settings(cells[6]), request);
    }

    private static boolean isOfMessages(String action) {
        return ConversationRights.isOfMessages(Action.valueOf(action));
    }

    private static CallerFixture caller(String text) {
        String[] words = text.split(" +", -1);
        CallerFixture caller = Cast.caller(words[0]);
        for (String word : rest(words)) {
            String value = value(word);
            caller = switch (key(word)) {
                case "auth" -> caller.authenticated(AuthenticationMode.valueOf(value));
                case "role" -> caller.role(value);
                case "sector" -> caller.sector(value);
                case "function" -> caller.function(value);
                case "structure" -> caller.structure(value);
                default -> throw new IllegalArgumentException(word);
            };
        }
        return caller;
    }

    private static AccessContext context(String text, Optional<String> patient) {
        Optional<String> named = patient;
        Optional<AccessMode> mode = Optional.of(AccessMode.NORMAL);
        EmergencyStatement statement = EmergencyStatement.NONE;
        boolean secret = false;
        for (String word : text.split(" +", -1)) {
            switch (key(word)) {
                case "normal" -> {}
                case "glass" -> {
                    mode = Optional.of(AccessMode.BREAK_GLASS);
                    statement = STATED;
                }
                case "glass-unstated" -> mode = Optional.of(AccessMode.BREAK_GLASS);
                case "centre-15" -> mode = Optional.of(AccessMode.REGULATION);
                case "unknown-mode" -> mode = Optional.empty();
                case "secret" -> secret = true;
                case "unnamed" -> named = Optional.empty();
                case "for" -> named = Optional.of(value(word));
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new AccessContext(named.map(n -> Cast.patient(n).build().ins()), mode, statement, secret);
    }

    private static PatientFixture patient(String text) {
        String[] words = text.split(" +", -1);
        PatientFixture patient = Cast.patient(words[0]);
        for (String word : rest(words)) {
            String value = value(word);
            switch (key(word)) {
                case "bare" -> patient.withoutConsents();
                case "teamless" -> patient.withoutTeams();
                case "state" -> patient.state(RecordState.valueOf(value));
                case "since" -> patient.since(Instant.parse(value));
                case "was" -> patient.was(value);
                case "deceased" -> patient.deceased();
                case "born" -> patient.born(LocalDate.parse(value));
                case "auth" -> authorise(patient, value.split(":", -1));
                case "team" -> patient.team(value.split(",", -1));
                case "blocks" -> patient.blocks(value);
                case "opposes" -> oppose(patient, value);
                case "masks-all" -> patient.masksAll();
                case "same-rights" -> patient.treatingRightsFor(value);
                case "service" -> patient.authorisesService("service", value.split(",", -1));
                case "team-until" ->
                    patient.team(Set.of(value.split(",", -1)), Optional.empty(), Optional.of(Cast.NOW));
                case "parent", "guardian", "curator" ->
                    patient.titled(representative(key(word), value.split(",", -1), false));
                case "second-parent" -> patient.titled(representative("parent", value.split(",", -1), true));
                case "curator-agreed" -> patient.agreesToCurator(value);
                case "represented" -> patient.represented(value);
                case "treated" -> patient.treatedBy(value);
                default -> throw new IllegalArgumentException(word);
            }
        }
        return patient;
    }

    private static void authorise(PatientFixture patient, String[] words) {
        patient.authorised(words[0], Basis.valueOf(words[1]), Duration.parse(words[2]));
    }

    private static void oppose(PatientFixture patient, String what) {
        switch (what) {
            case "glass" -> patient.opposesBreakGlass();
            case "centre-15" -> patient.opposesRegulation();
            default -> patient.opposesDepositsOf(what);
        }
    }

    /** {@code <local id>,<first instant>,<end>}; nothing for an open end. */
    private static Representative representative(String title, String[] words, boolean shared) {
        return new Representative(
                words[0], Title.valueOf(title.toUpperCase(Locale.ROOT)), instant(words[1]), instant(words[2]), shared);
    }

    private static Optional<Instant> instant(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static DocumentFacts document(String text, String patient) {
        String[] words = text.split(" +", -1);
        String[] code = words[0].split("/", 2);
        DocumentFixture document = Cast.document(code[0], code[1]).of(patient);
        for (String word : rest(words)) {
            switch (key(word)) {
                case "by" -> document.by(value(word));
                case "of" -> document.of(value(word));
                case "naming" -> document.naming(value(word));
                case "superseded" -> document.superseded();
                case "archived" -> document.archived();
                case "deleted" -> document.deleted();
                case "deposited" -> document.deposited(Instant.parse(value(word)));
                case "holder-masked" -> document.maskedByHolder();
                default -> document.labelled(Visibility.valueOf(word));
            }
        }
        return document.build();
    }

    private static ConsentFacts consent(String text) {
        String[] words = text.split(" +", -1);
        Optional<String> concerned = Optional.empty();
        Optional<String> declaredBy = Optional.empty();
        boolean secret = false;
        for (String word : rest(words)) {
            switch (key(word)) {
                case "in-secret" -> secret = true;
                case "for" -> concerned = Optional.of(Cast.subject(value(word)));
                case "declared" -> declaredBy = Optional.of(Cast.subject(value(word)));
                default -> throw new IllegalArgumentException(word);
            }
        }
        ConsentFacts.Kind kind = Arrays.stream(ConsentFacts.Kind.values())
                .filter(k -> k.code().equals(words[0]))
                .findFirst()
                .orElseThrow();
        return new ConsentFacts(kind, concerned, declaredBy, secret);
    }

    /** {@code conversation} and its words. */
    private static ConversationFacts conversation(String[] words) {
        Optional<String> professional = Optional.empty();
        Optional<StructureId> structure = Optional.empty();
        Set<String> marks = Set.copyOf(rest(words));
        for (String word : rest(words)) {
            switch (key(word)) {
                case "with" -> professional = Optional.of(Cast.subject(value(word)));
                case "of-structure" ->
                    structure = Cast.caller(value(word)).build().structure();
                case "officine", "no-replies", "closed", "hidden" -> {}
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new ConversationFacts(
                professional,
                structure,
                marks.contains("officine"),
                !marks.contains("no-replies"),
                marks.contains("closed"),
                marks.contains("hidden"));
    }

    /**
     * A communication by its readers, {@code told-holder}; a team or a conversation, {@code team} or {@code conversation} and
     * its words; or a person by title and local id, {@code parent-named=chloe-father}.
     */
    private static CircleFacts circle(String text) {
        String[] words = text.split(" +", -1);
        if (words[0].equals("conversation")) {
            return conversation(words);
        }
        if (key(words[0]).startsWith("told")) {
            return new CommunicationFacts(
                    Arrays.stream(words).map(DecisionCase::reader).collect(Collectors.toSet()));
        }
        if (!words[0].equals("team")) {
            String title = key(words[0]).replace("-named", "").toUpperCase(Locale.ROOT);
            return new RelatedFacts(value(words[0]), Title.valueOf(title));
        }
        boolean ofOnePatient = true;
        boolean healthProfessional = true;
        Set<String> members = Set.of();
        Optional<String> structure = Optional.empty();
        Optional<Declarer> declarer = Optional.empty();
        for (String word : rest(words)) {
            switch (key(word)) {
                case "members" ->
                    members = Arrays.stream(value(word).split(",", -1))
                            .map(Cast::subject)
                            .collect(Collectors.toSet());
                case "of-structure" ->
                    structure = Cast.caller(value(word)).build().structure().map(StructureId::value);
                case "declared-by" -> declarer = Optional.of(Declarer.valueOf(value(word)));
                case "for-all" -> ofOnePatient = false;
                case "without-health-professional" -> healthProfessional = false;
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new TeamFacts(ofOnePatient, members, structure, declarer, healthProfessional);
    }

    private static String reader(String word) {
        return switch (key(word)) {
            case "told-holder" -> CommunicationFacts.HOLDER;
            case "told-representatives" -> CommunicationFacts.REPRESENTATIVES;
            case "told" -> CommunicationFacts.professional(Cast.subject(value(word)));
            case "told-structure-of" ->
                CommunicationFacts.structure(Cast.caller(value(word))
                        .build()
                        .structure()
                        .orElseThrow()
                        .value());
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static PolicySettings settings(String text) {
        SettingsFixture settings = new SettingsFixture().domains(EnumSet.allOf(InsDomain.class));
        for (String word : text.split(" +", -1)) {
            switch (key(word)) {
                case "-" -> {}
                case "roles" -> settings.roleBasedAccess();
                case "cumul" -> settings.cumul();
                case "no-minors" -> settings.withoutMinors();
                case "explains" -> settings.openExplanations();
                case "presumed" -> settings.presumed();
                case "write" -> settings.write(WriteEnforcement.valueOf(value(word)));
                case "production" -> settings.domains(EnumSet.of(InsDomain.NIR, InsDomain.NIA));
                default -> throw new IllegalArgumentException(word);
            }
        }
        return settings.build();
    }

    private static List<String> rest(String[] words) {
        return Arrays.asList(words).subList(1, words.length);
    }

    private static String key(String word) {
        return word.split("=", 2)[0];
    }

    private static String value(String word) {
        return word.contains("=") ? word.split("=", 2)[1] : "";
    }
}
