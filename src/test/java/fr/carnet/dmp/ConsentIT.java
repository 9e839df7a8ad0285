package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.HolderChoices;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Ins;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Texts;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsentIT extends RecordIT {

    private static final String END = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"inactive\"}]";

    private Ins ins;
    private String id;

    @BeforeEach
    void registerPatient() {
        ins = Cases.ins();
        id = registration.register(Cases.open(ins)).getIdElement().getIdPart();
    }

    private PatientFacts facts() {
        return records.byId(id, Cases.professional(Cases.MARTIN)).orElseThrow();
    }

    private SystemRequestDetails as(Caller caller) {
        return (SystemRequestDetails) Cases.request(caller, Optional.of(facts()));
    }

    private String declare(Consent consent, Caller caller) {
        MethodOutcome outcome = consents.create(consent, as(caller));
        assertThat(outcome.getCreated()).isTrue();
        assertThat(outcome.getResource()).isNull();
        return outcome.getId().getIdPart();
    }

    private Fault refusal(Consent consent, Caller caller) {
        return catchThrowableOfType(() -> consents.create(consent, as(caller)), Fault.class);
    }

    private MethodOutcome jsonPatch(String consentId, String body) {
        return consents.patch(
                new IdType("Consent", consentId),
                PatchTypeEnum.JSON_PATCH,
                body,
                null,
                as(Cases.professional(Cases.LEROY)));
    }

    private Consent stored(String consentId) {
        return consentResources.byId(consentId).orElseThrow();
    }

    @Test
    void professionalDeclaresThePatientsConsent() {
        String consentId = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));

        assertThat(facts().authorisations())
                .containsExactly(new Authorisation(
                        Optional.of(consentId), Cases.LEROY, Cases.NOW, Basis.CONSENT, Optional.of(Cases.PRACTICE)));
        assertThat(ConsentResources.factsOf(stored(consentId)))
                .isEqualTo(new ConsentFacts(
                        ConsentFacts.Kind.AUTHORISATION, Optional.of(Cases.LEROY), Optional.of(Cases.LEROY), false));
        assertThat(consentResources.patientOf(consentId)).contains(id);
    }

    @Test
    void patientMayBeNamedByMatricule() {
        Consent consent = Cases.authorisation(id, Cases.LEROY);
        var matricule = new Identifier().setSystem(ins.domain().system()).setValue(ins.value());
        consent.setPatient(new Reference().setIdentifier(matricule));

        String consentId = declare(consent, Cases.professional(Cases.LEROY));

        assertThat(stored(consentId).getPatient().getReference()).isEqualTo("Patient/" + id);
        assertThat(stored(consentId).getPatient().hasIdentifier()).isFalse();
    }

    @Test
    void groundOfAnAuthorisationFollowsFromWhoConsentedAndWhoDeclares() {
        Consent byTeam = Cases.authorisation(id, Cases.LEROY);
        byTeam.getPerformer().clear();
        byTeam.addPerformer(new Reference().setIdentifier(Cases.ps(Cases.LEROY)));
        declare(byTeam, Cases.professional(Cases.LEROY));
        Consent byStructure = Cases.authorisation(id, Cases.PETIT);
        byStructure.getPerformer().clear();
        byStructure.addPerformer(new Reference()
                .setIdentifier(new Identifier().setSystem(StructureId.SYSTEM).setValue(Cases.PRACTICE)));
        declare(byStructure, Cases.professional(Cases.PETIT));
        declare(Cases.authorisation(id, Cases.MARTIN), Cases.holder(ins));

        assertThat(facts().authorisations())
                .extracting(a -> a.professional() + " " + a.basis())
                .containsExactlyInAnyOrder(Cases.LEROY + " TEAM", Cases.PETIT + " TEAM", Cases.MARTIN + " EXPRESS");
    }

    @Test
    void secondDeclarationRenewsTheFirst() {
        Consent yesterday =
                Cases.authorisation(id, Cases.LEROY).setDateTime(Date.from(Cases.NOW.minus(Duration.ofDays(1))));
        String first = declare(yesterday, Cases.professional(Cases.LEROY));

        String second = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));

        assertThat(stored(first).getStatus()).isEqualTo(ConsentState.INACTIVE);
        assertThat(stored(second).getStatus()).isEqualTo(ConsentState.ACTIVE);
        assertThat(facts().authorisations())
                .extracting(Authorisation::declaredAt)
                .containsExactly(Cases.NOW);
    }

    @Test
    void holderBlocksAndOpposes() {
        declare(Cases.block(id, Cases.LEROY), Cases.holder(ins));
        declare(Cases.choice("oppose-bris-de-glace", id), Cases.holder(ins));
        declare(Cases.choice("oppose-centre-15", id), Cases.holder(ins));

        assertThat(facts().choices().blocked()).containsExactly(Cases.LEROY);
        assertThat(facts().choices().opposesBreakGlass()).isTrue();
        assertThat(facts().choices().opposesRegulation()).isTrue();
    }

    @Test
    void holderMasksAllGivesRightsAndOpposesDeposits() {
        String mask = declare(Cases.choice("mask-all", id), Cases.holder(ins));
        declare(Cases.naming("treating-physician-rights", id, Cases.LEROY), Cases.holder(ins));
        declare(Cases.reasoned(Cases.naming("oppose-deposit", id, Cases.PETIT)), Cases.holder(ins));

        assertThat(stored(mask).getPolicyRule().getCodingFirstRep().getCode()).isEqualTo("OPTOUT");
        assertThat(facts().choices())
                .isEqualTo(new HolderChoices(
                        Set.of(), false, false, true, Set.of(Cases.LEROY), Set.of(Cases.PETIT), Map.of(), Set.of()));
    }

    @Test
    void oppositionToDepositsGivesItsReason() {
        Consent silent = Cases.naming("oppose-deposit", id, Cases.PETIT);
        Consent endless = silent.copy();
        endless.addExtension(CarnetUris.CONSENT_REASON, new StringType("x".repeat(501)));

        for (Consent consent : List.of(silent, endless)) {
            assertThat(refusal(consent, Cases.holder(ins)).issues())
                    .extracting(Fault.Issue::code)
                    .containsExactly("consent-reason");
        }
    }

    @Test
    void holderAuthorisesADigitalServiceForTheTypesHeNames() {
        declare(Cases.service(id, "fitness-app", "29274-8", "DOCPAT03"), Cases.holder(ins));
        declare(Cases.service(id, "fitness-app", "29274-8"), Cases.holder(ins));

        assertThat(facts().choices().services()).isEqualTo(Map.of("fitness-app", Set.of("29274-8")));
        assertThat(refusal(Cases.service(id, "fitness-app"), Cases.holder(ins)).issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-types");
    }

    @Test
    void agreementToANursingHomesPhysicianIsTheResidentsOwnWord() {
        Consent silent = Cases.naming("nursing-home", id, Cases.LEROY);
        Consent ownWord = silent.copy();
        ownWord.addPerformer(new Reference().setIdentifier(Cases.ps(Cases.LEROY)));
        Consent agreed = silent.copy();
        agreed.addPerformer(new Reference("Patient/" + id));

        for (Consent consent : List.of(silent, ownWord)) {
            assertThat(refusal(consent, Cases.professional(Cases.LEROY)).issues())
                    .extracting(Fault.Issue::code)
                    .containsExactly("consent-performer");
        }
        declare(agreed, Cases.professional(Cases.LEROY));
        assertThat(facts().authorisations()).extracting(Authorisation::basis).containsExactly(Basis.AGREEMENT);
    }

    @Test
    void whoRepresentsHimConsentsOnlyWhileHisTitleLasts() {
        registration.register(Cases.dated(Cases.related(id, "guardian", "GUARD"), "2020-01-01", "2026-11-21"));
        registration.register(Cases.dated(Cases.related(id, "former", "GUARD"), "2020-01-01", "2026-11-20"));

        declare(Cases.performedBy(Cases.authorisation(id, Cases.LEROY), "guardian"), Cases.professional(Cases.LEROY));

        assertThat(refusal(
                                Cases.performedBy(Cases.authorisation(id, Cases.LEROY), "former"),
                                Cases.professional(Cases.LEROY))
                        .issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-performer");
    }

    @Test
    void whoDeclaredNeverLeavesTheServerNorComesFromOutside() {
        Consent lie = Cases.authorisation(id, Cases.LEROY);
        lie.addExtension(CarnetUris.INTERNAL_DECLARED_BY, Cases.ps(Cases.MARTIN));
        SystemRequestDetails request = as(Cases.professional(Cases.LEROY));
        request.addHeader("Prefer", "return=representation");

        MethodOutcome outcome = consents.create(lie, request);

        assertThat(((Consent) outcome.getResource()).getExtension()).isEmpty();
        assertThat(ConsentResources.factsOf(stored(outcome.getId().getIdPart())).declaredBy())
                .contains(Cases.LEROY);
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        var consent = new Consent().setStatus(ConsentState.DRAFT).setDateTime(Date.from(Cases.NOW.plusSeconds(3600)));
        consent.setPatient(new Reference("Patient/another"));
        consent.getProvision().setPeriod(new Period().setEnd(Date.from(Cases.NOW)));

        Fault fault = refusal(consent, Cases.professional(Cases.LEROY));

        assertThat(fault.status()).isEqualTo(422);
        assertThat(fault.issues())
                .extracting(Fault.Issue::code)
                .containsExactlyInAnyOrder(
                        "consent-scope",
                        "consent-unsupported",
                        "consent-kind",
                        "consent-status",
                        "consent-patient",
                        "consent-date-time");
        assertThat(fault.issues())
                .allSatisfy(issue -> assertThat(Texts.of(null).say(issue)).isNotBlank());
    }

    @Test
    void consentStatesOneKindOnly() {
        Consent two = Cases.authorisation(id, Cases.LEROY);
        two.addCategory(Cases.block(id, Cases.LEROY).getCategoryFirstRep());

        assertThat(refusal(two, Cases.professional(Cases.LEROY)).issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-kind");
    }

    @Test
    void actorAndPerformerMustFitTheKind() {
        Consent nobody = Cases.choice("authorisation", id);
        Consent opposition = Cases.choice("oppose-centre-15", id);
        opposition
                .getProvision()
                .setType(Consent.ConsentProvisionType.PERMIT)
                .addActor()
                .setReference(new Reference().setIdentifier(Cases.ps(Cases.LEROY)));
        Consent colleague = Cases.authorisation(id, Cases.LEROY);
        colleague.getPerformer().clear();
        colleague.addPerformer(new Reference().setIdentifier(Cases.ps(Cases.MARTIN)));

        assertThat(refusal(nobody, Cases.professional(Cases.LEROY)).issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-actor", "consent-performer");
        assertThat(refusal(opposition, Cases.holder(ins)).issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-actor", "consent-provision-type");
        assertThat(refusal(colleague, Cases.professional(Cases.LEROY)).issues())
                .extracting(Fault.Issue::code)
                .containsExactly("consent-performer");
    }

    @Test
    void jsonPatchEndsAConsent() {
        String consentId = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));

        MethodOutcome outcome = jsonPatch(consentId, END);

        assertThat(outcome.getId().getVersionIdPart()).isEqualTo("2");
        assertThat(stored(consentId).getStatus()).isEqualTo(ConsentState.INACTIVE);
        assertThat(ConsentResources.factsOf(stored(consentId)).declaredBy()).contains(Cases.LEROY);
        assertThat(facts().authorisations()).isEmpty();
    }

    @Test
    void fhirPathPatchEndsAConsent() {
        String consentId = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));
        var patch = new Parameters();
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType("Consent.status"));
        operation.addPart().setName("value").setValue(new CodeType("inactive"));

        consents.patch(
                new IdType("Consent", consentId),
                PatchTypeEnum.FHIR_PATCH_JSON,
                null,
                patch,
                as(Cases.professional(Cases.LEROY)));

        assertThat(facts().authorisations()).isEmpty();
    }

    @Test
    void anyOtherChangeIsRefused() {
        String consentId = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));

        for (String body : new String[] {
            "[]",
            "nonsense",
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"rejected\"}]",
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"inactive\"},{\"op\":\"remove\",\"path\":\"/performer\"}]",
            "[{\"op\":\"remove\",\"path\":\"/absent\"}]"
        }) {
            Fault fault = catchThrowableOfType(() -> jsonPatch(consentId, body), Fault.class);
            assertThat(fault.status()).as(body).isEqualTo(422);
            assertThat(fault.issues()).extracting(Fault.Issue::code).containsExactly("consent-patch");
        }
        jsonPatch(consentId, END);
        assertThat(catchThrowableOfType(() -> jsonPatch(consentId, END), Fault.class)
                        .status())
                .isEqualTo(422);
        assertThat(stored(consentId).getIdElement().getVersionIdPart()).isEqualTo("2");
    }

    @Test
    void consentOfAnotherPatientIsAbsent() {
        String consentId = declare(Cases.authorisation(id, Cases.LEROY), Cases.professional(Cases.LEROY));
        registerPatient();

        assertThat(catchThrowableOfType(() -> jsonPatch(consentId, END), ResourceNotFoundException.class))
                .isNotNull();
        assertThat(consentResources.patientOf("unknown")).isEmpty();
    }
}
