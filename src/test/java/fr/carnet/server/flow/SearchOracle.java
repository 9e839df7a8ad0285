package fr.carnet.server.flow;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;

/**
 * What FHIR R4 says of a search, computed from the resources themselves: elements by the FHIRPath of the published
 * SearchParameters, values compared by the words of the chapter on search. It shares no line with the registry.
 */
final class SearchOracle {

    private static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/";
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** Parameter, and the FHIRPath of what it searches. */
    static final Map<String, String> DOCUMENTS = Map.ofEntries(
            Map.entry("type", "DocumentReference.type"),
            Map.entry("category", "DocumentReference.category"),
            Map.entry("format", "DocumentReference.content.format"),
            Map.entry("facility", "DocumentReference.context.facilityType"),
            Map.entry("setting", "DocumentReference.context.practiceSetting"),
            Map.entry("security-label", "DocumentReference.securityLabel"),
            Map.entry("event", "DocumentReference.context.event"),
            Map.entry("identifier", "DocumentReference.masterIdentifier | DocumentReference.identifier"),
            Map.entry("related", "DocumentReference.context.related.identifier"),
            Map.entry("status", "DocumentReference.status"),
            Map.entry("isArchived", "DocumentReference.extension.where(url='" + PDSM + "pdsm-ext-is-archived').value"),
            Map.entry("author.identifier", "DocumentReference.author.resolve().practitioner.resolve().identifier"),
            Map.entry("author.family", "DocumentReference.author.resolve().practitioner.resolve().name.family"),
            Map.entry("author.given", "DocumentReference.author.resolve().practitioner.resolve().name.given"),
            Map.entry("date", "DocumentReference.date"),
            Map.entry("_lastUpdated", "DocumentReference.meta.lastUpdated"),
            Map.entry("creation", "DocumentReference.content.attachment.creation"),
            Map.entry("period", "DocumentReference.context.period"),
            Map.entry("period-start", "DocumentReference.context.period.start"),
            Map.entry("period-end", "DocumentReference.context.period.end"));

    /** The same for lots and folders. */
    static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("code", "List.code"),
            Map.entry("designationType", "List.extension('" + MHD + "ihe-designationType').value"),
            Map.entry("sourceId", "List.extension('" + MHD + "ihe-sourceId').value"),
            Map.entry("identifier", "List.identifier"),
            Map.entry("status", "List.status"),
            Map.entry("source.identifier", "List.source.resolve().practitioner.resolve().identifier"),
            Map.entry("source.family", "List.source.resolve().practitioner.resolve().name.family"),
            Map.entry("source.given", "List.source.resolve().practitioner.resolve().name.given"),
            Map.entry("authorOrg", "List.source.extension('" + MHD + "ihe-authorOrg').value.resolve().identifier"),
            Map.entry("title", "List.title"),
            Map.entry("date", "List.date"),
            Map.entry("_lastUpdated", "List.meta.lastUpdated"));

    private final IFhirPath paths = FhirContext.forR4().newFhirPath();
    private final Map<String, String> expressions;
    private DomainResource root;

    SearchOracle(Map<String, String> expressions) {
        this.expressions = expressions;
        paths.setEvaluationContext(new IFhirPathEvaluationContext() {
            @Override
            public IBase resolveReference(IIdType reference, IBase context) {
                return root.getContained().stream()
                        .filter(r -> ("#" + r.getIdElement().getIdPart().replace("#", "")).equals(reference.getValue()))
                        .findFirst()
                        .map(Resource.class::cast)
                        .orElse(null);
            }
        });
    }

    /** Elements of a resource that a parameter searches. */
    List<Base> elements(DomainResource resource, String parameter) {
        root = resource;
        return paths.evaluate(resource, expressions.get(parameter), Base.class).stream()
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** True if the resource matches {@code name[:modifier]=value}. */
    boolean matches(DomainResource resource, String parameter, String value) {
        String[] name = parameter.split(":", 2);
        String modifier = name.length > 1 ? name[1] : "";
        List<Base> elements = elements(resource, name[0]);
        boolean any = Arrays.stream(value.split(",", -1))
                .anyMatch(v -> elements.stream().anyMatch(e -> matches(e, modifier, v)));
        return any != modifier.equals("not");
    }

    private static boolean matches(Base element, String modifier, String value) {
        if (element instanceof BaseDateTimeType || element instanceof Period) {
            return comparesTo(element, value);
        }
        if (element instanceof CodeableConcept concept) {
            return concept.getCoding().stream().anyMatch(c -> isToken(c.getSystem(), c.getCode(), value));
        }
        if (element instanceof Coding coding) {
            return isToken(coding.getSystem(), coding.getCode(), value);
        }
        if (element instanceof Identifier identifier) {
            return isToken(identifier.getSystem(), identifier.getValue(), value);
        }
        String text = element.primitiveValue();
        return switch (modifier) {
            case "exact" -> text.equals(value);
            case "contains" -> plain(text).contains(plain(value));
            default -> element.fhirType().equals("string") ? plain(text).startsWith(plain(value)) : text.equals(value);
        };
    }

    private static boolean isToken(String system, String code, String value) {
        int bar = value.indexOf('|');
        if (bar < 0) {
            return value.equals(code);
        }
        String wantedSystem = value.substring(0, bar);
        String wantedCode = value.substring(bar + 1);
        return wantedSystem.equals(Objects.requireNonNullElse(system, ""))
                && (wantedCode.isEmpty() || wantedCode.equals(code));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{InCombiningDiacriticalMarks}", "")
                .toLowerCase(Locale.FRENCH);
    }

    // dates

    private record Range(OffsetDateTime low, OffsetDateTime high) {

        boolean contains(Range other) {
            return !other.low.isBefore(low) && !other.high.isAfter(high);
        }
    }

    private static boolean comparesTo(Base element, String value) {
        boolean prefixed = Character.isLetter(value.charAt(0));
        Range asked = range(prefixed ? value.substring(2) : value);
        Range stored = element instanceof Period period ? range(period) : range((BaseDateTimeType) element);
        boolean above = stored.high.isAfter(asked.high);
        boolean below = stored.low.isBefore(asked.low);
        return switch (prefixed ? value.substring(0, 2) : "eq") {
            case "eq" -> asked.contains(stored);
            case "ne" -> !asked.contains(stored);
            case "gt" -> above;
            case "lt" -> below;
            case "ge" -> above || asked.contains(stored);
            case "le" -> below || asked.contains(stored);
            case "sa" -> !stored.low.isBefore(asked.high);
            case "eb" -> !stored.high.isAfter(asked.low);
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static Range range(Period period) {
        return new Range(
                period.hasStart() ? range(period.getStartElement()).low : OffsetDateTime.MIN,
                period.hasEnd() ? range(period.getEndElement()).high : OffsetDateTime.MAX);
    }

    private static Range range(BaseDateTimeType date) {
        return range(date.getValueAsString());
    }

    private static Range range(String text) {
        return switch (text.length()) {
            case 4 -> days(LocalDate.parse(text + "-01-01"), ChronoUnit.YEARS);
            case 7 -> days(LocalDate.parse(text + "-01"), ChronoUnit.MONTHS);
            case 10 -> days(LocalDate.parse(text), ChronoUnit.DAYS);
            default -> {
                String time = text.substring(11).replaceAll("[Z+-].*", "");
                yield from(
                        text,
                        time.length() == 5
                                ? ChronoUnit.MINUTES
                                : time.length() == 8 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
            }
        };
    }

    private static Range days(LocalDate first, ChronoUnit precision) {
        return new Range(
                first.atStartOfDay(PARIS).toOffsetDateTime(),
                first.plus(1, precision).atStartOfDay(PARIS).toOffsetDateTime());
    }

    private static Range from(String text, ChronoUnit precision) {
        OffsetDateTime low = OffsetDateTime.parse(text);
        return new Range(low, low.plus(1, precision));
    }

    // searches to try

    /** Values that are worth a search, given what is stored. */
    Stream<String> searches(List<? extends DomainResource> resources, String parameter) {
        return resources.stream()
                .flatMap(r -> elements(r, parameter).stream())
                .flatMap(element -> searches(parameter, element))
                .distinct();
    }

    private static Stream<String> searches(String parameter, Base element) {
        if (element instanceof Period period) {
            return Stream.of(period.getStartElement(), period.getEndElement())
                    .filter(BaseDateTimeType::hasValue)
                    .flatMap(d -> searches(parameter, d));
        }
        if (element instanceof BaseDateTimeType date) {
            return precisions(date).flatMap(v -> Stream.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb")
                    .map(prefix -> parameter + "=" + prefix + v));
        }
        if (element instanceof CodeableConcept concept) {
            return concept.getCoding().stream().flatMap(c -> tokens(parameter, c.getSystem(), c.getCode()));
        }
        if (element instanceof Coding coding) {
            return tokens(parameter, coding.getSystem(), coding.getCode());
        }
        if (element instanceof Identifier identifier) {
            return tokens(parameter, identifier.getSystem(), identifier.getValue());
        }
        String text = element.primitiveValue();
        if (!element.fhirType().equals("string")) {
            return Stream.of(parameter + "=" + text, parameter + ":not=" + text);
        }
        String middle = text.substring(text.length() / 2);
        return Stream.of(
                parameter + "=" + text,
                parameter + "=" + text.toUpperCase(Locale.ROOT),
                parameter + "=" + plain(text).substring(0, 2),
                parameter + "=" + middle,
                parameter + ":contains=" + plain(middle),
                parameter + ":exact=" + text,
                parameter + ":exact=" + plain(text));
    }

    private static Stream<String> tokens(String parameter, String system, String code) {
        String mark = parameter.contains("authorOrg") || parameter.equals("related") ? "" : ":not";
        return Stream.of("", mark).distinct().flatMap(modifier -> Stream.of(
                        code, system + "|" + code, system + "|", "|" + code, "urn:other|" + code, code + ",other")
                .map(value -> parameter + modifier + "=" + value));
    }

    /** The date as it stands, less precise, and a little before and after. */
    private static Stream<String> precisions(BaseDateTimeType date) {
        Range range = range(date);
        OffsetDateTime paris = range.low.atZoneSameInstant(PARIS).toOffsetDateTime();
        String instant = paris.toString();
        return Stream.of(
                date.getValueAsString(),
                instant.substring(0, 4),
                instant.substring(0, 7),
                instant.substring(0, 10),
                paris.plusDays(1).toString().substring(0, 10),
                instant.substring(0, 16) + paris.getOffset(),
                paris.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                paris.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }
}
