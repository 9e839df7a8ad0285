package fr.carnet.dmp;

import fr.carnet.policy.AuthorisationStatus;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** What TD0.2 tells of a patient, and nothing more: no telecom, address, birth place, contact. */
@Component
class PatientAnswers {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Set<NameUse> NAMES = Set.of(NameUse.OFFICIAL, NameUse.USUAL);

    /** Who is told the state in so many words, and what is pending. */
    private static final Set<CallerKind> KEEPERS =
            Set.of(CallerKind.OPERATOR, CallerKind.HOLDER, CallerKind.REPRESENTATIVE);

    private final Policy policy;

    PatientAnswers(Policy policy) {
        this.policy = policy;
    }

    /** The self link does not repeat the matricule: no link that the server makes bears one. */
    Bundle searchset(
            Optional<PatientFacts> facts,
            Ins asked,
            Function<PatientFacts, Patient> stored,
            Judgement judgement,
            String base) {
        var bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(base + "/Patient");
        told(facts, asked, stored, judgement).ifPresent(patient -> bundle.addEntry()
                .setFullUrl(base + "/Patient/" + patient.getIdElement().getIdPart())
                .setResource(patient)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return bundle.setTotal(bundle.getEntry().size());
    }

    /**
     * The patient, to whom he is told; empty where there is no record.
     *
     * @param asked by which matricule
     */
    Optional<Patient> told(
            Optional<PatientFacts> facts, Ins asked, Function<PatientFacts, Patient> stored, Judgement judgement) {
        return facts.filter(known -> isTold(known, judgement))
                .map(known -> answer(stored.apply(known), known, judgement, asked));
    }

    /** The operator keeps all records, also those that are none yet or no more; nobody else learns of them (R13). */
    private boolean isTold(PatientFacts facts, Judgement judgement) {
        return judgement.caller().kind() == CallerKind.OPERATOR
                || policy.stateOf(facts, judgement.now()).isRecord();
    }

    /** One patient, after an operation on him. */
    Patient answer(Patient stored, PatientFacts facts, Judgement judgement) {
        return answer(stored, facts, judgement, facts.ins());
    }

    /** @param asked by which matricule */
    private Patient answer(Patient stored, PatientFacts facts, Judgement judgement, Ins asked) {
        RecordState state = policy.stateOf(facts, judgement.now());
        var answer = new Patient();
        answer.setId(stored.getIdElement().toVersionless());
        answer.setActive(state.isOpen())
                .setGender(stored.getGender())
                .setBirthDateElement(stored.getBirthDateElement());
        stored.getIdentifier().stream()
                .filter(identifier -> InsDomain.of(identifier.getSystem()).isPresent())
                .filter(identifier -> !PatientReading.isFormer(identifier) || isKnown(identifier, judgement, asked))
                .forEach(answer::addIdentifier);
        stored.getName().stream().filter(name -> NAMES.contains(name.getUse())).forEach(answer::addName);
        if (state == RecordState.CLOSED) {
            answer.addExtension(closing(stored, facts));
        }
        stored.getExtensionsByUrl(ProfileUris.ATTACHMENT).forEach(answer::addExtension);
        answer.addExtension(ProfileUris.TREATING_PHYSICIAN, new BooleanType(treats(facts, judgement)));
        answer.addExtension(CarnetUris.AUTHORISATION_STATUS, status(facts, judgement));
        if (KEEPERS.contains(judgement.caller().kind())) {
            answer.addExtension(StateExtension.told(stored, state));
        }
        return answer;
    }

    /**
     * R9: a matricule that was corrected may tell of sex or birth what the person tells nobody: a former one is for who keeps
     * the record, and for who named it.
     */
    private static boolean isKnown(Identifier former, Judgement judgement, Ins asked) {
        return KEEPERS.contains(judgement.caller().kind())
                || Stream.concat(Stream.of(asked), judgement.context().patient().stream())
                        .anyMatch(ins -> Matricules.names(former, ins));
    }

    private static boolean treats(PatientFacts facts, Judgement judgement) {
        return judgement.caller().isProfessional()
                && facts.treatingPhysician()
                        .filter(judgement.caller().subject()::equals)
                        .isPresent();
    }

    private CodeType status(PatientFacts facts, Judgement judgement) {
        AuthorisationStatus status = policy.authorisationStatus(judgement.caller(), facts, judgement.now());
        return new CodeType(status.name().toLowerCase(Locale.ROOT));
    }

    /** Date, motive and reason of the closing (R21). */
    private static Extension closing(Patient stored, PatientFacts facts) {
        var closing = new Extension(ProfileUris.CLOSING);
        String day = facts.stateSince().atZone(PARIS).toLocalDate().toString();
        closing.addExtension("dateFermeture", new DateType(day));
        StateExtension.closingMotive(stored)
                .map(motive ->
                        new Coding().setSystem(ProfileUris.CLOSING_MOTIVE).setCode(motive))
                .ifPresent(motive -> closing.addExtension("motifFermeture", new CodeableConcept(motive)));
        StateExtension.closingReason(stored)
                .ifPresent(reason -> closing.addExtension("raisonFermeture", new StringType(reason)));
        return closing;
    }
}
