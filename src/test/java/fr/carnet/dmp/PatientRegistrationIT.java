package fr.carnet.dmp;

import static fr.carnet.dmp.Cases.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.TokenParam;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Ins;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Texts;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PatientRegistrationIT extends RecordIT {

    private MethodOutcome put(Ins ins, Patient patient) {
        return patients.update(
                patient,
                null,
                "Patient?identifier=" + ins.token().replace("|", "%7C"),
                Cases.request(Cases.operator(), Optional.empty()));
    }

    private Bundle status(Ins ins, String professional) {
        return patients.search(
                new TokenParam(ins.domain().system(), ins.value()),
                Cases.request(Cases.professional(professional), Optional.empty()));
    }

    @Test
    void firstRegistrationCreatesTheSecondReplaces() {
        Ins ins = Cases.ins();

        MethodOutcome first = put(ins, Cases.patient(ins, RecordState.NONE, NOW));
        Patient corrected = Cases.patient(ins, RecordState.NONE, NOW);
        corrected.getNameFirstRep().setFamily("MOREL");
        MethodOutcome second = put(ins, corrected);

        assertThat(first.getCreated()).isTrue();
        assertThat(second.getCreated()).isFalse();
        assertThat(second.getId().getIdPart()).isEqualTo(first.getId().getIdPart());
        assertThat(second.getId().getVersionIdPart()).isEqualTo("2");
        assertThat(records.traits(first.getId().getIdPart()))
                .contains(new RegisteredTraits(
                        "MOREL", "ALICE", "ALICE JEANNE", LocalDate.parse("1984-05-17"), "female", "75056"));
    }

    @Test
    void concurrentFirstRegistrationsGiveOnePatient() throws Exception {
        Ins ins = Cases.ins();
        var start = new CyclicBarrier(2);
        var threads = Executors.newFixedThreadPool(2);
        Callable<String> registration = () -> {
            start.await();
            return put(ins, Cases.patient(ins, RecordState.NONE, NOW)).getId().getIdPart();
        };

        var both = threads.invokeAll(List.of(registration, registration));

        assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
        threads.shutdown();
    }

    @Tag("R3")
    @Test
    void everythingWrongIsSaidAtOnceInFrench() {
        Ins ins = Cases.ins();
        var empty = new Patient();
        empty.addName().setUse(HumanName.NameUse.OFFICIAL).addGiven("A").addGiven("B");

        Fault fault = catchThrowableOfType(() -> put(ins, empty), Fault.class);

        assertThat(fault.status()).isEqualTo(422);
        assertThat(fault.issues())
                .extracting(Fault.Issue::code)
                .containsExactlyInAnyOrder(
                        "R5",
                        "ins-single",
                        "birth-family",
                        "birth-first-given",
                        "birth-givens",
                        "birth-date",
                        "gender",
                        "birth-place");
        assertThat(fault.issues()).allSatisfy(issue -> {
            assertThat(Texts.of("fr").say(issue)).isNotBlank();
            assertThat(Texts.of("en").say(issue)).isNotEqualTo(Texts.of("fr").say(issue));
        });
    }

    @Test
    void bodyOfAnotherPatientIsRefused() {
        Ins ins = Cases.ins();

        Fault fault = catchThrowableOfType(() -> put(ins, Cases.open(Cases.ins())), Fault.class);

        assertThat(fault.issues()).extracting(Fault.Issue::code).containsExactly("ins-differs");
        assertThat(records.byIns(ins, Cases.operator())).isEmpty();
    }

    @Test
    void patientIsNotRegisteredById() {
        Ins ins = Cases.ins();

        Fault fault = catchThrowableOfType(
                () -> patients.update(Cases.open(ins), null, null, Cases.request(Cases.operator(), Optional.empty())),
                Fault.class);

        assertThat(fault.status()).isEqualTo(405);
    }

    @Test
    void statusTellsIdentityAndStandingButNoAddress() {
        Ins ins = Cases.ins();
        Patient registered = Cases.open(ins);
        Cases.treatedBy(registered, Cases.MARTIN);
        registration.register(registered);

        Patient answer = (Patient) status(ins, Cases.MARTIN).getEntryFirstRep().getResource();

        assertThat(answer.getActive()).isTrue();
        assertThat(answer.getName()).extracting(HumanName::getFamily).containsExactly("MOREAU", "DUPONT");
        assertThat(answer.getBirthDateElement().getValueAsString()).isEqualTo("1984-05-17");
        assertThat(answer.getIdentifierFirstRep().getValue()).isEqualTo(ins.value());
        assertThat(answer.getExtension())
                .extracting(Extension::getUrl)
                .containsExactly(ProfileUris.TREATING_PHYSICIAN, CarnetUris.AUTHORISATION_STATUS);
        assertThat(answer.getExtensionByUrl(ProfileUris.TREATING_PHYSICIAN)
                        .getValue()
                        .primitiveValue())
                .isEqualTo("true");
        assertThat(answer.getExtensionString(CarnetUris.AUTHORISATION_STATUS)).isEqualTo("none");
        assertThat(answer.hasTelecom() || answer.hasAddress() || answer.hasContact())
                .isFalse();
    }

    @Test
    void colleagueIsNotTheTreatingPhysician() {
        Ins ins = Cases.ins();
        Patient registered = Cases.open(ins);
        Cases.treatedBy(registered, Cases.MARTIN);
        registration.register(registered);

        Patient answer = (Patient) status(ins, Cases.LEROY).getEntryFirstRep().getResource();

        assertThat(answer.getExtensionByUrl(ProfileUris.TREATING_PHYSICIAN)
                        .getValue()
                        .primitiveValue())
                .isEqualTo("false");
    }

    @Test
    void noRecordNoEntry() {
        Ins unknown = Cases.ins();
        Ins opposed = Cases.ins();
        registration.register(Cases.patient(opposed, RecordState.OPPOSED, NOW));
        Ins informed = Cases.ins();
        registration.register(Cases.patient(informed, RecordState.NOTIFIED, NOW.minus(Duration.ofDays(41))));

        assertThat(List.of(unknown, opposed, informed)).allSatisfy(ins -> {
            Bundle answer = status(ins, Cases.MARTIN);
            assertThat(answer.getTotal()).isZero();
            assertThat(answer.getEntry()).isEmpty();
        });
    }

    @Test
    void silenceOfSixWeeksOpensTheRecord() {
        Ins ins = Cases.ins();
        registration.register(Cases.patient(ins, RecordState.NOTIFIED, NOW.minus(Duration.ofDays(42))));

        Patient answer = (Patient) status(ins, Cases.MARTIN).getEntryFirstRep().getResource();

        assertThat(answer.getActive()).isTrue();
    }

    @Test
    void closedRecordTellsDateMotiveAndReason() {
        Ins ins = Cases.ins();
        Patient closed = Cases.patient(ins, RecordState.CLOSED, NOW);
        Extension state = closed.getExtensionByUrl(CarnetUris.RECORD_STATE);
        state.addExtension("closingMotive", new CodeType("patient-demande"));
        state.addExtension("closingReason", new StringType("à sa demande"));
        registration.register(closed);

        Patient answer = (Patient) status(ins, Cases.MARTIN).getEntryFirstRep().getResource();

        assertThat(answer.getActive()).isFalse();
        Extension closing = answer.getExtensionByUrl(ProfileUris.CLOSING);
        assertThat(closing.getExtensionString("dateFermeture")).isEqualTo("2026-11-21");
        assertThat(closing.getExtensionString("raisonFermeture")).isEqualTo("à sa demande");
        assertThat(closing.getExtensionByUrl("motifFermeture")).isNotNull();
        assertThat(answer.getExtensionByUrl(CarnetUris.RECORD_STATE)).isNull();
    }

    @Test
    void noLinkBearsTheMatricule() {
        Ins ins = Cases.ins();
        registration.register(Cases.open(ins));

        Bundle answer = status(ins, Cases.MARTIN);

        assertThat(answer.getLink())
                .allSatisfy(link -> assertThat(link.getUrl()).doesNotContain(ins.value()));
        assertThat(answer.getEntryFirstRep().getFullUrl()).doesNotContain(ins.value());
    }
}
