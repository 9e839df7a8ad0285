package fr.carnet.dmp;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.util.UrlUtil;
import fr.carnet.policy.RecordState;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/** Reads a Patient of profile fr-core-patient-ins with the extensions of the record (R1–R5, R10). */
final class PatientReading {

    private static final Set<String> QUALIFIED = Set.of("QUAL", "VALI");
    private static final Set<String> GENDERS = Set.of("male", "female", "unknown");

    private static final Set<TemporalPrecisionEnum> INSTANT =
            Set.of(TemporalPrecisionEnum.SECOND, TemporalPrecisionEnum.MILLI);

    private final Patient patient;
    private final Findings findings;

    private PatientReading(Patient patient, Findings findings) {
        this.patient = patient;
        this.findings = findings;
    }

    /** What the Patient says; empty when something was found. */
    static Optional<RegisteredRecord> read(Patient patient, Findings findings) {
        return new PatientReading(patient, findings).read();
    }

    private Optional<RegisteredRecord> read() {
        findings.require(isQualified(), Rule.R5_INS_NOT_QUALIFIED, "Patient.extension");
        Optional<Ins> ins = ins();
        Optional<List<Ins>> former = former();
        Optional<RegisteredTraits> traits = traits();
        Optional<RecordState> state = state();
        Optional<Instant> since = since();
        Optional<String> physician = treatingPhysician();
        return ins.isPresent() && former.isPresent() && traits.isPresent() && state.isPresent() && since.isPresent()
                ? Optional.of(new RegisteredRecord(
                        ins.get(), former.get(), traits.get(), isDeceased(), state.get(), since.get(), physician))
                : Optional.empty();
    }

    /** Code systems of the status vary with the release: the code counts. */
    private boolean isQualified() {
        return patient.getExtensionsByUrl(ProfileUris.IDENTITY_RELIABILITY).stream()
                .flatMap(reliability -> reliability.getExtensionsByUrl("identityStatus").stream())
                .anyMatch(status -> status.getValue() instanceof Coding coding && QUALIFIED.contains(coding.getCode()));
    }

    private Optional<Ins> ins() {
        List<Identifier> current = patient.getIdentifier().stream()
                .filter(i -> InsDomain.of(i.getSystem()).isPresent() && i.getUse() != Identifier.IdentifierUse.OLD)
                .toList();
        findings.require(current.size() == 1, "ins-single", "Patient.identifier");
        if (current.size() != 1) {
            return Optional.empty();
        }
        Optional<Ins> ins = ins(current.get(0).getSystem(), current.get(0).getValue());
        findings.require(ins.isPresent(), Rule.R2_INS_INVALID, "Patient.identifier.value");
        return ins;
    }

    /** The condition under which he would be registered: by the matricule in force that he names. */
    static String condition(Patient patient) {
        return patient.getIdentifier().stream()
                .filter(i -> InsDomain.of(i.getSystem()).isPresent() && i.getUse() != Identifier.IdentifierUse.OLD)
                .findFirst()
                .map(i -> "Patient?identifier=" + UrlUtil.escapeUrlParam(i.getSystem() + "|" + i.getValue()))
                .orElse("Patient?");
    }

    /** R9: matricules that he had before. */
    private Optional<List<Ins>> former() {
        List<Optional<Ins>> old = patient.getIdentifier().stream()
                .filter(PatientReading::isFormer)
                .map(identifier -> ins(identifier.getSystem(), identifier.getValue()))
                .toList();
        boolean valid = old.stream().allMatch(Optional::isPresent);
        findings.require(valid, Rule.R2_INS_INVALID, "Patient.identifier.value");
        return valid ? Optional.of(old.stream().flatMap(Optional::stream).toList()) : Optional.empty();
    }

    static boolean isFormer(Identifier identifier) {
        return identifier.getUse() == Identifier.IdentifierUse.OLD
                && InsDomain.of(identifier.getSystem()).isPresent();
    }

    /** R27: a date says it as well as the word. */
    private boolean isDeceased() {
        return patient.hasDeceasedDateTimeType()
                || (patient.hasDeceasedBooleanType()
                        && patient.getDeceasedBooleanType().booleanValue());
    }

    /** Empty when it cannot be a matricule (R1, R2). */
    static Optional<Ins> ins(String system, String value) {
        try {
            return Optional.of(Ins.of(system, value));
        } catch (Ins.InvalidIns e) {
            return Optional.empty();
        }
    }

    private Optional<RegisteredTraits> traits() {
        List<HumanName> official = patient.getName().stream()
                .filter(name -> name.getUse() == HumanName.NameUse.OFFICIAL)
                .toList();
        findings.require(official.size() == 1, "official-name", "Patient.name");
        HumanName name = official.isEmpty() ? new HumanName() : official.get(0);
        findings.require(name.hasFamily(), "birth-family", "Patient.name.family");
        findings.require(name.getGiven().size() == 1, "birth-first-given", "Patient.name.given");
        Optional<String> givens = text(name, ProfileUris.BIRTH_GIVENS);
        findings.require(givens.isPresent(), "birth-givens", "Patient.name.extension");
        Optional<LocalDate> birthDate = birthDate();
        findings.require(birthDate.isPresent(), "birth-date", "Patient.birthDate");
        String gender = patient.hasGender() ? patient.getGender().toCode() : "";
        findings.require(GENDERS.contains(gender), "gender", "Patient.gender");
        Optional<String> place = birthPlace();
        findings.require(place.isPresent(), "birth-place", "Patient.extension");
        boolean complete =
                official.size() == 1 && name.hasFamily() && name.getGiven().size() == 1;
        return complete && givens.isPresent() && birthDate.isPresent() && place.isPresent()
                ? Optional.of(new RegisteredTraits(
                        name.getFamily(),
                        name.getGiven().get(0).getValue(),
                        givens.get(),
                        birthDate.get(),
                        gender,
                        place.get()))
                : Optional.empty();
    }

    private Optional<LocalDate> birthDate() {
        boolean full =
                patient.hasBirthDate() && patient.getBirthDateElement().getPrecision() == TemporalPrecisionEnum.DAY;
        return full ? Optional.of(LocalDate.parse(patient.getBirthDateElement().getValueAsString())) : Optional.empty();
    }

    private Optional<String> birthPlace() {
        return values(patient, ProfileUris.BIRTH_PLACE)
                .filter(Address.class::isInstance)
                .map(Address.class::cast)
                .flatMap(address -> values(address, ProfileUris.INSEE_CODE))
                .map(value -> value instanceof Coding coding ? coding.getCode() : null)
                .filter(code -> code != null && code.matches("[0-9AB]{5}"))
                .findFirst();
    }

    private Optional<RecordState> state() {
        Optional<RecordState> state = text(recordState(), "state").flatMap(code -> Arrays.stream(RecordState.values())
                .filter(s -> s.name().equals(code))
                .findFirst());
        findings.require(state.isPresent(), "record-state", "Patient.extension");
        return state;
    }

    private Optional<Instant> since() {
        Optional<Instant> since = values(recordState(), "since")
                .filter(DateTimeType.class::isInstance)
                .map(DateTimeType.class::cast)
                .filter(PatientReading::isInstant)
                .map(time -> time.getValue().toInstant())
                .findFirst();
        findings.require(since.isPresent(), "record-state-since", "Patient.extension");
        return since;
    }

    static boolean isInstant(DateTimeType time) {
        return INSTANT.contains(time.getPrecision());
    }

    private Extension recordState() {
        Extension state = patient.getExtensionByUrl(CarnetUris.RECORD_STATE);
        return state == null ? new Extension() : state;
    }

    private Optional<String> treatingPhysician() {
        List<String> named = values(patient, ProfileUris.TREATING_PHYSICIAN)
                .map(value -> value instanceof Reference reference ? reference.getIdentifier() : new Identifier())
                .map(id -> IdNatPs.SYSTEM.equals(id.getSystem()) ? id.getValue() : "")
                .toList();
        boolean valid = named.size() <= 1 && named.stream().allMatch(PatientReading::isIdNatPs);
        findings.require(valid, "treating-physician", "Patient.extension");
        return valid ? named.stream().findFirst() : Optional.empty();
    }

    static boolean isIdNatPs(String value) {
        try {
            return value.equals(new IdNatPs(value).value());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> text(IBaseHasExtensions element, String url) {
        return values(element, url)
                .map(value -> value instanceof PrimitiveType<?> primitive ? primitive.getValueAsString() : null)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    private static Stream<Type> values(IBaseHasExtensions element, String url) {
        return element.getExtension().stream()
                .filter(Extension.class::isInstance)
                .map(Extension.class::cast)
                .filter(extension -> url.equals(extension.getUrl()) && extension.hasValue())
                .map(Extension::getValue);
    }
}
