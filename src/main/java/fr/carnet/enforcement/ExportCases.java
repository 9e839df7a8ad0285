package fr.carnet.enforcement;

import fr.carnet.dmp.OperationParameters;
import fr.carnet.enforcement.Export.Format;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.PatientReference;
import fr.carnet.trace.TraceView;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;

/** Exports before the judge: for the holder's side of the record. */
final class ExportCases {

    private final Patients patients;

    ExportCases(Patients patients) {
        this.patients = patients;
    }

    Verdict hear(Hearing hearing, ExportOperation operation) {
        hearing.asks(operation.action());
        var given = OperationParameters.of(hearing.body(Parameters.class), operation.parameters());
        Optional<PatientFacts> patient =
                patients.named(new PatientReference.Identified(given.identifier(ExportOperation.IDENTIFIER)), hearing);
        Court court = hearing.court(patient);
        if (!hearing.caller().kind().isHoldersSide()) {
            // the auditor reads traces and takes none away
            court.require(court.decide(Action.EXPORT_RECORD));
        }
        Permit permit = court.require(court.decide(operation.action()));
        String id = patient.map(PatientFacts::id).orElseThrow(Rule.R13_NO_DMP::refusal);
        Format format = operation == ExportOperation.EXPORT_RECORD ? Format.ZIP : format(given);
        new Export(operation, format, new TraceView(hearing.caller(), Optional.of(id)))
                .storeIn(hearing.request().getUserData());
        return new Verdict(patient, permit);
    }

    private static Format format(OperationParameters given) {
        String code = given.value(ExportOperation.FORMAT, CodeType.class)
                .map(CodeType::getValue)
                .orElse("pdf");
        return switch (code) {
            case "csv" -> Format.CSV;
            case "pdf" -> Format.PDF;
            default -> throw given.refusal(ExportOperation.FORMAT);
        };
    }
}
