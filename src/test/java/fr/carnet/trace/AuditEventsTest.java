package fr.carnet.trace;

import static fr.carnet.trace.Traces.BREAK_GLASS;
import static fr.carnet.trace.Traces.DEPOSIT;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.in;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.policy.Action;
import fr.carnet.shared.ActorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditEventsTest {

    private static final FhirContext FHIR = keepingVersions();
    private static final String DOCUMENT = "DocumentReference/7";
    private final AuditEvents events = new AuditEvents(
            "https://dmp.example/fhir", role -> Optional.of("Médecin").filter(x -> role.isPhysician()));

    @Test
    void readTellsWhenWhoInWhoseNameAndWhat() {
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1), DOCUMENT);
        AuditEvent event = encoded(read);
        assertThat(event.getIdPart()).isEqualTo(read.id().toString());
        assertThat(event.getRecordedElement().getValueAsString()).isEqualTo("2026-11-21T12:00:00.123Z");
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
        assertThat(event.getSubtype()).extracting(Coding::getCode).containsExactly("read", "ITI-68", "READ");
        AuditEventAgentComponent person = agent(event, "IRCP");
        assertThat(person.getWho().getIdentifier().getSystem()).isEqualTo("urn:oid:1.2.250.1.71.4.2.1");
        assertThat(person.getWho().getIdentifier().getValue()).isEqualTo("899900000001");
        assertThat(person.getName()).isEqualTo("Claire MARTIN");
        assertThat(person.getRoleFirstRep().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode, Coding::getDisplay)
                .containsExactly(
                        "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante",
                        "10",
                        "Médecin");
        assertThat(person.getPurposeOfUseFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("normal");
        assertThat(agent(event, "PROV").getWho().getDisplay()).isEqualTo("Cabinet du Port");
        assertThat(entity(event, "3").getWhat().getReference()).isEqualTo(DOCUMENT);
        assertThat(entity(event, "3").getName()).isEqualTo("Synthèse");
        assertThat(entity(event, "1").getWhat().getReference()).isEqualTo("Patient/p1");
    }

    @Test
    void exactlyOneAgentRequestsAndTheServerIsTheObserver() {
        AuditEvent event = encoded(entry(NOON, DOCTOR, SEARCH, permitted(1), DOCUMENT));
        assertThat(event.getAgent())
                .filteredOn(AuditEventAgentComponent::getRequestor)
                .hasSize(1);
        assertThat(agent(event, "110152").getWho().equalsDeep(event.getSource().getObserver()))
                .isTrue();
    }

    @Test
    void clientAndServerChangeRolesWithTheDirectionOfTheData() {
        AuditEvent read = encoded(entry(NOON, DOCTOR, READ, permitted(1), DOCUMENT));
        AuditEvent deposit = encoded(entry(NOON, DOCTOR, DEPOSIT, permitted(1), DOCUMENT));
        assertThat(agent(read, "110152").getWho().getDisplay()).isEqualTo("LogicielMed 4.2");
        assertThat(agent(read, "110153").getWho().getDisplay()).isEqualTo("Carnet");
        assertThat(agent(deposit, "110153").getWho().getDisplay()).isEqualTo("LogicielMed 4.2");
        assertThat(agent(deposit, "110152").getWho().getDisplay()).isEqualTo("Carnet");
    }

    @Test
    void submissionIsAnImportThatNamesLotAndVersions() {
        TraceEntry deposit = entry(NOON, DOCTOR, DEPOSIT, permitted(2));
        var written = new TraceEntry(
                deposit.id(),
                NOON,
                deposit.patient(),
                deposit.who(),
                DEPOSIT,
                deposit.circumstances(),
                deposit.verdict(),
                List.of(
                        new TraceLine("List/3", Optional.of(1), Optional.empty(), TraceLine.Effect.WRITTEN),
                        new TraceLine(DOCUMENT, Optional.of(2), Optional.empty(), TraceLine.Effect.WRITTEN)),
                false);
        AuditEvent event = encoded(written);
        assertThat(event.getType().getCode()).isEqualTo("110107");
        assertThat(event.getAction().toCode()).isEqualTo("C");
        assertThat(entity(event, "20").getWhat().getReference()).isEqualTo("List/3/_history/1");
        assertThat(entity(event, "4").getWhat().getReference()).isEqualTo(DOCUMENT + "/_history/2");
    }

    @Test
    void logicalDeletionIsToldFromOtherPatches() {
        AuditEvent event = encoded(entry(
                NOON, DOCTOR, Traces.request(Interaction.PATCH, Action.DELETE, "TD3.3c"), permitted(1), DOCUMENT));
        assertThat(event.getAction().toCode()).isEqualTo("U");
        assertThat(event.getSubtype()).extracting(Coding::getCode).containsExactly("patch", "DELETE");
    }

    @Test
    void refusalBearsItsRule() {
        AuditEvent event = encoded(entry(NOON, DOCTOR, READ, refused()));
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
        assertThat(event.getOutcomeDesc()).isEqualTo("R36.no-consent");
        assertThat(entity(event, "1").getDetail())
                .extracting(d -> d.getType(), d -> d.getValueStringType().getValue())
                .contains(tuple("rule", "R36.no-consent"));
    }

    @Test
    void breakGlassIsMarkedWithItsReason() {
        AuditEvent event = encoded(in(BREAK_GLASS, entry(NOON, DOCTOR, READ, permitted(1), DOCUMENT)));
        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("bris_de_glace");
        assertThat(event.getPurposeOfEventFirstRep().getText()).isEqualTo("coma");
        assertThat(agent(event, "IRCP").getPurposeOfUseFirstRep().getText()).isEqualTo("coma");
    }

    @Test
    void ordinaryAccessHasNoMark() {
        assertThat(encoded(entry(NOON, DOCTOR, READ, permitted(1), DOCUMENT)).hasPurposeOfEvent())
                .isFalse();
    }

    @Test
    void holderIsNamedByHisRecordNotByHisMatricule() {
        AuditEvent event = events.of(entry(NOON, HOLDER, READ, permitted(1), DOCUMENT), Map.of());
        assertThat(agent(event, "IRCP").getWho().getReference()).isEqualTo("Patient/p1");
        assertThat(json(event)).doesNotContain(HOLDER.subject());
    }

    @Test
    void queryIsBinaryForTheAuditorAndAbsentForOthers() {
        TraceEntry search = entry(NOON, DOCTOR, SEARCH, permitted(0));
        assertThat(entity(encoded(search), "24").getQuery()).asString().isEqualTo("DocumentReference?_id=7");
        var redacted = ShownTraces.to(new TraceView(HOLDER, Optional.of("p1")), Map.of())
                .shown(search)
                .orElseThrow();
        assertThat(entity(encoded(redacted), "24").hasQuery()).isFalse();
        assertThat(entity(encoded(redacted), "24").getDescription()).isEqualTo("DocumentReference");
    }

    @ParameterizedTest
    @EnumSource(Interaction.class)
    void everyInteractionHasWhatR4Requires(Interaction interaction) {
        AuditEvent event = encoded(entry(
                NOON, DOCTOR, Traces.request(interaction, Action.READ, "ITI-67"), permitted(1), DOCUMENT, "List/3"));
        assertThat(event.hasType() && event.hasRecorded() && event.hasOutcome()).isTrue();
        assertThat(event.getSource().hasObserver()).isTrue();
        assertThat(event.getAgent()).isNotEmpty().allMatch(AuditEventAgentComponent::hasRequestor);
        // sev-1: a name or a query, not both
        assertThat(event.getEntity()).noneMatch(e -> e.hasName() && e.hasQuery());
    }

    @ParameterizedTest
    @EnumSource(Verdict.Outcome.class)
    void attemptOfNobodyIsStillAnEvent(Verdict.Outcome outcome) {
        var request = new TracedRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "c0ffee");
        var verdict = new Verdict(outcome, Optional.empty(), "2026.1", 401, Optional.empty());
        AuditEvent event = encoded(TraceEntry.at(
                NOON, Optional.empty(), Optional.empty(), request, Circumstances.UNKNOWN, verdict, List.of()));
        assertThat(event.getAgent())
                .filteredOn(AuditEventAgentComponent::getRequestor)
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DISCLOSED", "REFUSED"},
            value = TraceLine.Effect.class)
    void readVersionIsNotRevealed(TraceLine.Effect effect) {
        var line = new TraceLine(DOCUMENT, Optional.of(4), Optional.empty(), effect);
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1));
        AuditEvent event = encoded(new TraceEntry(
                read.id(),
                NOON,
                read.patient(),
                read.who(),
                READ,
                read.circumstances(),
                read.verdict(),
                List.of(line),
                false));
        assertThat(entity(event, "3").getWhat().getReference()).isEqualTo(DOCUMENT);
    }

    @Test
    void everyFamilyOfTheMatrixHasItsCodeSystem() {
        assertThat(List.of("10", "G16:10", "R94:41", "R95:93", "R22:GENR08", "R85:312", "A00:EXP_PATIENT"))
                .allSatisfy(code -> {
                    Coding coding = AuditCodes.profession(new ActorCode(code));
                    assertThat(coding.getSystem()).startsWith("https://mos.esante.gouv.fr/NOS/TRE_");
                    assertThat(coding.getCode()).doesNotContain(":");
                });
    }

    /** As HAPI's JPA server configures it. */
    private static FhirContext keepingVersions() {
        FhirContext context = FhirContext.forR4();
        context.getParserOptions().setDontStripVersionsFromReferencesAtPaths("AuditEvent.entity.what");
        return context;
    }

    /** Through JSON and back: what a client gets. */
    private AuditEvent encoded(TraceEntry entry) {
        return FHIR.newJsonParser()
                .parseResource(AuditEvent.class, json(events.of(entry, Map.of(DOCUMENT, "Synthèse"))));
    }

    private static String json(AuditEvent event) {
        return FHIR.newJsonParser().encodeResourceToString(event);
    }

    private static AuditEventAgentComponent agent(AuditEvent event, String type) {
        return event.getAgent().stream()
                .filter(a -> a.getType().getCodingFirstRep().getCode().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static AuditEventEntityComponent entity(AuditEvent event, String role) {
        return event.getEntity().stream()
                .filter(e -> role.equals(e.getRole().getCode()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"true, complete", "false, unconfirmed"})
    void whetherADisclosureLeftTheServerIsTold(boolean delivered, String told) {
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1), DOCUMENT);
        AuditEvent event = encoded(new TraceEntry(
                read.id(),
                NOON,
                read.patient(),
                read.who(),
                READ,
                read.circumstances(),
                read.verdict(),
                read.lines(),
                delivered));
        assertThat(event.getEntity())
                .flatExtracting(AuditEvent.AuditEventEntityComponent::getDetail)
                .filteredOn(detail -> detail.getType().equals("delivery"))
                .singleElement()
                .satisfies(detail ->
                        assertThat(detail.getValueStringType().getValue()).isEqualTo(told));
    }

    @Test
    void accessUnderAConsentNamesIt() {
        AuditEvent event = encoded(entry(NOON, DOCTOR, READ, permitted(1).under(Optional.of("c1")), DOCUMENT));
        assertThat(event.getEntity())
                .filteredOn(entity -> entity.getType().getCode().equals("Consent"))
                .singleElement()
                .satisfies(entity -> {
                    assertThat(entity.getWhat().getReference()).isEqualTo("Consent/c1");
                    assertThat(entity.getType().getSystem()).isEqualTo("http://hl7.org/fhir/resource-types");
                });
        assertThat(event.getMeta().getProfile())
                .extracting(profile -> profile.getValue().replaceFirst(".*/", ""))
                .containsExactly("IHE.MHD.RetrieveDocument.Audit.Responder");
    }

    @Test
    void decisionOnAConsentIsAnEventOfItsOwn() {
        TraceEntry declaration = entry(NOON, DOCTOR, READ, permitted(1));
        AuditEvent event = encoded(entry(
                NOON,
                DOCTOR,
                TracedRequest.decision(declaration.request()),
                permitted(0).under(Optional.of("c1"))));
        assertThat(event.getType().getCode()).isEqualTo("110113");
        assertThat(event.getSubtype()).extracting(Coding::getCode).containsExactly("AuthZ-Consent");
        assertThat(event.getAgent())
                .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
                .containsExactlyInAnyOrder("110150", "authserver", "IRCP", "PROV");
        assertThat(event.getEntity())
                .extracting(entity -> entity.getWhat().getReference())
                .containsExactly("Patient/p1", "Consent/c1");
        assertThat(event.getMeta().getProfile())
                .extracting(profile -> profile.getValue().replaceFirst(".*/", ""))
                .containsExactly("IHE.BasicAudit.AuthZconsent");
    }
}
