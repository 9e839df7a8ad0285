package fr.carnet.document;

import static fr.carnet.document.RegistryTable.STATUS;

import fr.carnet.document.RegistryQuery.Warning;
import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Parameter;
import fr.carnet.shared.PatientReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters of ITI-66 and ITI-67 into a {@link RegistryQuery}; what is not on the list is refused by name. */
public final class RegistryQueries {

    private static final int DEFAULT_COUNT = 20;
    private static final int MOST_COUNT = 200;
    private static final int DEEPEST_OFFSET = 100_000;
    private static final int MOST_PARAMETERS = 64;
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_total");
    /** What is shown of each resource: {@code true}, {@code text} and {@code data} are for the encoder. */
    private static final Set<String> SUMMARIES = Set.of("true", "text", "data", "false");

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
        private final String resourceType;
        private final boolean documents;
        private final RegistryParameters parameters;
        private final boolean lenient;
        private final List<Criterion> criteria = new ArrayList<>();
        private final Set<Inclusion> inclusions = EnumSet.noneOf(Inclusion.class);
        private final List<Parameter> links = new ArrayList<>();
        private final List<Parameter> personal = new ArrayList<>();
        private final List<Warning> warnings = new ArrayList<>();
        private final Set<Kind> kinds;
        private Optional<PatientReference> patient = Optional.empty();
        private final List<String> words = new ArrayList<>();
        private Optional<List<Paging.Key>> order = Optional.empty();
        private int count = DEFAULT_COUNT;
        private int offset;
        private boolean countOnly;
        private Optional<Paging.Edge> edge = Optional.empty();
        private boolean saysStatus;
        private boolean saysCode;

        Reading(String resourceType, boolean lenient) {
            this.resourceType = resourceType;
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
                case "_sort" -> {
                    order = Optional.of(Paging.order(p.value()));
                    links.add(p);
                }
                case "_summary" -> summary(p);
                case "patient", "patient:Patient" -> name(PatientReference.Literal.of(p.value()));
                case "patient.identifier", "patient:Patient.identifier" ->
                    name(new PatientReference.Identified(IdentifierToken.of(name, p.value())));
                case LinkSeal.PARAMETER -> seal.open(p.value()).forEach(this::readSealed);
                default -> {
                    if (PRESENTATION.contains(name)) {
                        links.add(p);
                    } else if (Inclusion.isAsked(name)) {
                        inclusions.add(Inclusion.of(resourceType, name, p.value()));
                        links.add(p);
                    } else {
                        criterion(p);
                    }
                }
            }
        }

        private void readSealed(Parameter p) {
            Paging.Edge.of(p).ifPresentOrElse(e -> edge = Optional.of(e), () -> read(p));
        }

        private void criterion(Parameter p) {
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
            if (name.equals(RegistryParameters.TEXT)) {
                words.add(RegistryParameters.words(modifier, p.value()));
            } else {
                criteria.add(parameters.criterion(name, modifier, p.value()));
            }
            boolean one = Set.of("_id", "identifier").contains(name);
            saysStatus |= one || name.equals("status");
            saysCode |= one || name.equals("code");
            (RegistryParameters.PERSONAL.contains(name) ? personal : links).add(p);
        }

        RegistryQuery result() {
            if (!saysCode && !documents) {
                throw Fault.of(400, "code-required");
            }
            if (!saysStatus) {
                criteria.add(Criterion.of(STATUS.eq("current")));
                warnings.add(new Warning("status-absent", "current"));
            }
            return new RegistryQuery(
                    kinds,
                    patient,
                    List.copyOf(criteria),
                    words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words)),
                    new Paging(
                            order.orElse(words.isEmpty() ? Paging.DEFAULT_ORDER : Paging.BY_RANK),
                            count,
                            edge.isPresent() ? 0 : offset,
                            edge),
                    Set.copyOf(inclusions),
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

        private void summary(Parameter p) {
            countOnly = p.value().equals("count");
            if (SUMMARIES.contains(p.value())) {
                links.add(p);
            } else if (!countOnly) {
                throw Fault.of(400, "unknown-summary", p.value());
            }
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
