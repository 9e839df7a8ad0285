package fr.carnet.server.flow;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Call;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;

/** The changes that PDSm and the DMP know, as patches in each of the formats. */
final class Patches {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private Patches() {}

    /** How a patch is written. */
    enum Format {
        JSON_PATCH("application/json-patch+json"),
        XML_PATCH("application/xml-patch+xml"),
        FHIRPATH_JSON("application/fhir+json"),
        FHIRPATH_XML("application/fhir+xml");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    /** What it is to do; the removals name the second label, and the flag that is there. */
    enum Change {
        MASK,
        UNMASK,
        ARCHIVE,
        UNARCHIVE,
        DELETE,
        DELETE_AS_DMP,
        DESCRIBE,
        HALF_DELETE,
        LOSE_CONFIDENTIALITY
    }

    static Call call(Format format, Change change, String target) {
        return of(format, target, text(format, change));
    }

    static String text(Format format, Change change) {
        return switch (format) {
            case JSON_PATCH -> json(change);
            case XML_PATCH -> xml(change);
            case FHIRPATH_JSON -> FHIR.newJsonParser().encodeResourceToString(parameters(change));
            case FHIRPATH_XML -> FHIR.newXmlParser().encodeResourceToString(parameters(change));
        };
    }

    static Call of(Format format, String target, String body) {
        return Call.write("PATCH", target, format.mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Change change) {
        return switch (change) {
            case MASK -> array(op("add", "/securityLabel/-", "{\"coding\":[" + coding() + "]}"));
            case UNMASK -> array("{\"op\":\"remove\",\"path\":\"/securityLabel/1\"}");
            case ARCHIVE -> array(op("add", "/extension", "[" + flag(ProfileUris.IS_ARCHIVED) + "]"));
            case UNARCHIVE -> array(op("replace", "/extension/0/valueBoolean", "false"));
            case DELETE ->
                array(
                        op("add", "/extension", "[" + flag(ProfileUris.IS_DELETED) + "]"),
                        op("replace", "/status", "\"superseded\""));
            case DELETE_AS_DMP -> array(op("replace", "/status", "\"entered-in-error\""));
            case DESCRIBE -> array(op("add", "/description", "\"x\""));
            case HALF_DELETE -> array(op("add", "/extension", "[" + flag(ProfileUris.IS_DELETED) + "]"));
            case LOSE_CONFIDENTIALITY -> array("{\"op\":\"remove\",\"path\":\"/securityLabel/0\"}");
        };
    }

    private static String array(String... operations) {
        return Arrays.stream(operations).collect(Collectors.joining(",", "[", "]"));
    }

    private static String op(String op, String path, String value) {
        return "{\"op\":\"" + op + "\",\"path\":\"" + path + "\",\"value\":" + value + "}";
    }

    private static String coding() {
        return "{\"system\":\"" + Visibility.SYSTEM + "\",\"code\":\"MASQUE_PS\"}";
    }

    private static String flag(String url) {
        return "{\"url\":\"" + url + "\",\"valueBoolean\":true}";
    }

    private static String xml(Change change) {
        return switch (change) {
            case MASK ->
                diff("<add sel=\"fhir:DocumentReference/fhir:securityLabel[1]\" pos=\"after\"><securityLabel"
                        + " xmlns=\"http://hl7.org/fhir\"><coding><system value=\"" + Visibility.SYSTEM
                        + "\"/><code value=\"MASQUE_PS\"/></coding></securityLabel></add>");
            case UNMASK -> diff("<remove sel=\"fhir:DocumentReference/fhir:securityLabel[2]\"/>");
            case ARCHIVE -> diff(flagged(ProfileUris.IS_ARCHIVED));
            case UNARCHIVE ->
                diff("<replace sel=\"fhir:DocumentReference/fhir:extension[@url='" + ProfileUris.IS_ARCHIVED
                        + "']/fhir:valueBoolean/@value\">false</replace>");
            case DELETE -> diff(flagged(ProfileUris.IS_DELETED) + status("superseded"));
            case DELETE_AS_DMP -> diff(status("entered-in-error"));
            case DESCRIBE ->
                diff("<add sel=\"fhir:DocumentReference/fhir:securityLabel[1]\" pos=\"before\">"
                        + "<description xmlns=\"http://hl7.org/fhir\" value=\"x\"/></add>");
            case HALF_DELETE -> diff(flagged(ProfileUris.IS_DELETED));
            case LOSE_CONFIDENTIALITY -> diff("<remove sel=\"fhir:DocumentReference/fhir:securityLabel[1]\"/>");
        };
    }

    static String diff(String operations) {
        return "<diff xmlns:fhir=\"http://hl7.org/fhir\">" + operations + "</diff>";
    }

    private static String flagged(String url) {
        return "<add sel=\"fhir:DocumentReference/fhir:masterIdentifier\" pos=\"before\"><extension"
                + " xmlns=\"http://hl7.org/fhir\" url=\"" + url + "\"><valueBoolean value=\"true\"/></extension></add>";
    }

    private static String status(String code) {
        return "<replace sel=\"fhir:DocumentReference/fhir:status/@value\">" + code + "</replace>";
    }

    private static Parameters parameters(Change change) {
        var patch = new Parameters();
        switch (change) {
            case MASK ->
                value(
                        named(patch, "securityLabel"),
                        new CodeableConcept(new Coding(Visibility.SYSTEM, "MASQUE_PS", null)));
            case UNMASK ->
                operation(
                        patch,
                        "delete",
                        "DocumentReference.securityLabel.where(coding.system='" + Visibility.SYSTEM + "')");
            case ARCHIVE -> flag(patch, ProfileUris.IS_ARCHIVED);
            case UNARCHIVE ->
                value(
                        operation(
                                patch,
                                "replace",
                                "DocumentReference.extension.where(url='" + ProfileUris.IS_ARCHIVED + "').value"),
                        new BooleanType(false));
            case DELETE -> {
                flag(patch, ProfileUris.IS_DELETED);
                status(patch, "superseded");
            }
            case DELETE_AS_DMP -> status(patch, "entered-in-error");
            case DESCRIBE -> value(named(patch, "description"), new StringType("x"));
            case HALF_DELETE -> flag(patch, ProfileUris.IS_DELETED);
            case LOSE_CONFIDENTIALITY -> operation(patch, "delete", "DocumentReference.securityLabel[0]");
        }
        return patch;
    }

    private static void status(Parameters patch, String code) {
        value(operation(patch, "replace", "DocumentReference.status"), new CodeType(code));
    }

    private static void flag(Parameters patch, String url) {
        var value = named(patch, "extension").addPart().setName("value");
        value.addPart().setName("url").setValue(new UriType(url));
        value.addPart().setName("valueBoolean").setValue(new BooleanType(true));
    }

    private static ParametersParameterComponent named(Parameters patch, String element) {
        var operation = operation(patch, "add", "DocumentReference");
        operation.addPart().setName("name").setValue(new StringType(element));
        return operation;
    }

    private static void value(ParametersParameterComponent operation, Type value) {
        operation.addPart().setName("value").setValue(value);
    }

    static ParametersParameterComponent operation(Parameters patch, String type, String path) {
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType(type));
        operation.addPart().setName("path").setValue(new StringType(path));
        return operation;
    }
}
