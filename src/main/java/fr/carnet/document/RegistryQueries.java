package fr.carnet.document;

import static fr.carnet.document.RegistryTable.CREATION;
import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.LAST_UPDATED;
import static fr.carnet.document.RegistryTable.STATUS;

import fr.carnet.document.RegistryQuery.Parameter;
import fr.carnet.document.RegistryQuery.Warning;
import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.PatientReference;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;

/** Reads the parameters of ITI-66 and ITI-67 into a {@link RegistryQuery}; what is not on the list is refused by name. */
public final class RegistryQueries {

    private static final int DEFAULT_COUNT = 20;
    private static final int MOST_COUNT = 200;
    private static final int DEEPEST_OFFSET = 100_000;
    private static final int MOST_PARAMETERS = 64;
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_total");
    private static final Map<String, Field<OffsetDateTime>> SORTABLE =
            Map.of("date", DATE, "_lastUpdated", LAST_UPDATED, "creation", CREATION);

    private final LinkSeal seal;

    RegistryQueries(LinkSeal seal) {
        this.seal = seal;
    }

    /**
     * Reads a search.
     *
     * @param resourceType DocumentReference or List
     * @param raw parameters as received, of GET or of the form
     * @param lenient {@code Prefer: handling=lenient}: an unknown parameter is ignored, and told
     * @throws Fault 400 naming the parameter that is not understood
     */
    public RegistryQuery parse(String resourceType, Map<String, String[]> raw, boolean lenient) {
        var reading = new Reading(resourceType, lenient);
        List<Parameter> all = new ArrayList<>();
        raw.forEach((name, values) -> Arrays.stream(values).forEach(v -> all.add(new Parameter(name, v))));
        if (all.size() > MOST_PARAMETERS) {
            throw Fault.of(400, "too-many-parameters", MOST_PARAMETERS);
        }
        all.forEach(reading::read);
        return reading.result();
    }

    private final class Reading {
        private final boolean documents;
        private final RegistryParameters parameters;
        private final boolean lenient;
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Parameter> links = new ArrayList<>();
        private final List<Parameter> personal = new ArrayList<>();
        private final List<Warning> warnings = new ArrayList<>();
        private final Set<Kind> kinds;
        private Optional<PatientReference> patient = Optional.empty();
        private List<SortField<?>> order = List.of(DATE.desc(), ID.asc());
        private int count = DEFAULT_COUNT;
        private int offset;
        private boolean countOnly;
        private boolean anyStatus;

        Reading(String resourceType, boolean lenient) {
            this.parameters = RegistryParameters.of(resourceType);
            this.documents = "DocumentReference".equals(resourceType);
            this.lenient = lenient;
            this.kinds = documents ? EnumSet.of(Kind.DOCUMENT) : EnumSet.of(Kind.SUBMISSION_SET, Kind.FOLDER);
        }

        void read(Parameter p) {
            String name = p.name();
            switch (name) {
                case "_count" -> count = Math.min(MOST_COUNT, number(p, Integer.MAX_VALUE));
                case "_offset" -> offset = number(p, DEEPEST_OFFSET);
                case "_sort" -> sort(p);
                case "_summary" -> summary(p);
                case "patient", "patient:Patient" -> name(PatientReference.Literal.of(p.value()));
                case "patient.identifier", "patient:Patient.identifier" ->
                    name(new PatientReference.Identified(IdentifierToken.of(name, p.value())));
                case LinkSeal.PARAMETER -> seal.open(p.value()).forEach(this::read);
                default -> {
                    if (PRESENTATION.contains(name)) {
                        links.add(p);
                    } else {
                        condition(p);
                    }
                }
            }
        }

        private void condition(Parameter p) {
            int colon = p.name().indexOf(':');
            String name = colon < 0 ? p.name() : p.name().substring(0, colon);
            String modifier = colon < 0 ? "" : p.name().substring(colon + 1);
            if (!parameters.knows(name)) {
                if (!lenient) {
                    throw Fault.of(400, "unknown-parameter", name);
                }
                warnings.add(new Warning("parameter-ignored", name));
                return;
            }
            conditions.add(parameters.condition(name, modifier, p.value()));
            anyStatus |= Set.of("status", "_id", "identifier").contains(name);
            (RegistryParameters.PERSONAL.contains(name) ? personal : links).add(p);
        }

        RegistryQuery result() {
            if (!anyStatus) {
                conditions.add(STATUS.eq("current"));
                warnings.add(new Warning("status-absent", "current"));
            }
            return new RegistryQuery(
                    kinds,
                    patient,
                    List.copyOf(conditions),
                    order,
                    count,
                    offset,
                    countOnly,
                    List.copyOf(links),
                    List.copyOf(personal),
                    List.copyOf(warnings));
        }

        private void name(PatientReference name) {
            if (patient.isPresent() && !patient.get().equals(name)) {
                throw Fault.of(400, "one-patient");
            }
            patient = Optional.of(name);
        }

        private void sort(Parameter p) {
            List<SortField<?>> fields = new ArrayList<>();
            for (String key : p.value().split(",", -1)) {
                boolean descending = key.startsWith("-");
                Field<OffsetDateTime> field = SORTABLE.get(descending ? key.substring(1) : key);
                if (field == null) {
                    throw Fault.of(400, "unknown-sort", p.name());
                }
                fields.add(descending ? field.desc() : field.asc());
            }
            fields.add(ID.asc());
            order = List.copyOf(fields);
            links.add(p);
        }

        private void summary(Parameter p) {
            if (!p.value().equals("count") && !p.value().equals("false")) {
                throw Fault.of(400, "unknown-summary", p.value());
            }
            countOnly = p.value().equals("count");
        }
    }

    private static int number(Parameter p, int most) {
        try {
            int value = Integer.parseInt(p.value());
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw Fault.of(400, "invalid-number", p.name());
    }
}
