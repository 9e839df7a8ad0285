package fr.carnet.server.cli.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Literal FHIR references as servers write them. */
final class Location {

    private static final Pattern TYPE_AND_ID =
            Pattern.compile("(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64})(?:/_history/.*)?$");

    private Location() {}

    /** {@code Type/id} of an absolute or relative, versioned or unversioned reference. */
    static Optional<String> typeAndId(String reference) {
        Matcher matcher = TYPE_AND_ID.matcher(reference);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
