package fr.carnet.dmp;

import fr.carnet.policy.RecordCourse;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.IdNatPs;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/** The extension {@code record-state} of a stored Patient, which was checked before it was stored. */
final class StateExtension {

    private static final String STATE = "state";
    private static final String SINCE = "since";
    private static final String ACTIVATED = "activated";
    private static final String CONTESTED = "contested";
    private static final String DELETION_REQUESTED = "deletionRequested";
    private static final String MOTIVE = "closingMotive";
    private static final String REASON = "closingReason";
    private static final String CONSENT = "consentCollectedBy";

    private StateExtension() {}

    static RecordCourse courseOf(Patient patient) {
        Extension stored = of(patient);
        return new RecordCourse(
                RecordState.valueOf(stored.getExtensionString(STATE)),
                instant(stored, SINCE).orElseThrow(),
                value(stored, ACTIVATED, BooleanType.class)
                        .map(BooleanType::booleanValue)
                        .orElse(false),
                instant(stored, CONTESTED),
                instant(stored, DELETION_REQUESTED));
    }

    /** True if a state is stated. */
    static boolean isIn(Patient patient) {
        return patient.hasExtension(CarnetUris.RECORD_STATE);
    }

    /** Of a patient whom nobody has informed yet. */
    static void begin(Patient patient, Instant now) {
        var first = new Extension(CarnetUris.RECORD_STATE);
        first.addExtension(STATE, new CodeType(RecordState.NONE.name()));
        first.addExtension(SINCE, time(now));
        patient.addExtension(first);
    }

    /** The state of a patient is not changed by correcting him (R10). */
    static void keep(Patient stored, Patient body) {
        body.getExtension().removeIf(e -> CarnetUris.RECORD_STATE.equals(e.getUrl()));
        body.addExtension(of(stored).copy());
    }

    /** Writes how far the record has come; what was said of the closing stays as long as it is closed. */
    static void write(Patient patient, RecordCourse course) {
        Extension old = of(patient);
        var fresh = new Extension(CarnetUris.RECORD_STATE);
        fresh.addExtension(STATE, new CodeType(course.state().name()));
        fresh.addExtension(SINCE, time(course.since()));
        if (course.activated()) {
            fresh.addExtension(ACTIVATED, new BooleanType(true));
        }
        course.contested().ifPresent(at -> fresh.addExtension(CONTESTED, time(at)));
        course.deletionRequested().ifPresent(at -> fresh.addExtension(DELETION_REQUESTED, time(at)));
        if (course.state() == RecordState.CLOSED && isClosed(old)) {
            old.getExtension().stream()
                    .filter(e -> MOTIVE.equals(e.getUrl()) || REASON.equals(e.getUrl()))
                    .forEach(fresh::addExtension);
        }
        patient.getExtension().removeIf(e -> CarnetUris.RECORD_STATE.equals(e.getUrl()));
        patient.addExtension(fresh);
    }

    static void writeClosing(Patient patient, Optional<String> motive, Optional<String> reason) {
        motive.ifPresent(code -> of(patient).addExtension(MOTIVE, new CodeType(code)));
        reason.ifPresent(text -> of(patient).addExtension(REASON, new StringType(text)));
    }

    /** R25: whose box was ticked. */
    static void writeConsent(Patient patient, String professional) {
        of(patient)
                .addExtension(
                        CONSENT, new Identifier().setSystem(IdNatPs.SYSTEM).setValue(professional));
    }

    /** What the operator and the holder are told: the state as it counts now, and what is pending. */
    static Extension told(Patient patient, RecordState now) {
        Extension told = of(patient).copy();
        told.getExtension().removeIf(e -> ACTIVATED.equals(e.getUrl()) || CONSENT.equals(e.getUrl()));
        told.getExtensionByUrl(STATE).setValue(new CodeType(now.name()));
        return told;
    }

    static Optional<String> closingMotive(Patient patient) {
        return Optional.ofNullable(of(patient).getExtensionString(MOTIVE));
    }

    static Optional<String> closingReason(Patient patient) {
        return Optional.ofNullable(of(patient).getExtensionString(REASON));
    }

    private static boolean isClosed(Extension state) {
        return RecordState.CLOSED.name().equals(state.getExtensionString(STATE));
    }

    private static Extension of(Patient patient) {
        return patient.getExtensionByUrl(CarnetUris.RECORD_STATE);
    }

    private static Optional<Instant> instant(Extension state, String url) {
        return value(state, url, DateTimeType.class).map(time -> time.getValue().toInstant());
    }

    private static <T> Optional<T> value(Extension state, String url, Class<T> type) {
        Function<Extension, Object> valueOf = Extension::getValue;
        return Optional.ofNullable(state.getExtensionByUrl(url))
                .map(valueOf)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static DateTimeType time(Instant instant) {
        var time = new DateTimeType(Date.from(instant), ca.uhn.fhir.model.api.TemporalPrecisionEnum.MILLI);
        time.setTimeZone(TimeZone.getTimeZone("UTC"));
        return time;
    }
}
