package fr.carnet.token.vihf;

import fr.carnet.token.establishment.AssertionLimits;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements.Assertion;
import fr.carnet.token.establishment.EstablishmentStatements.Form;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * When, where and how often an assertion may be used (SAML core §2.4.1, §2.5; R83). A VIHF need not limit itself; where it
 * does, it is taken at its word.
 */
record SamlConditions(Element assertion, AssertionLimits limits) {

    private static final int MAX_ID = 256;
    /** Of the conditions of SAML, those that can be held: single use is the rule here, and nothing is passed on. */
    private static final Set<String> KNOWN = Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

    Assertion check(Form form, Instant now) {
        if (!assertion.getAttribute("Version").equals("2.0")) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, "Version");
        }
        String id = assertion.getAttribute("ID");
        if (id.length() > MAX_ID) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, "ID");
        }
        Instant issued = Saml.time(assertion, "IssueInstant")
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, "IssueInstant"));
        List<Element> bounds = bounds();
        Instant expires = limits.check(
                now,
                issued,
                times(bounds, "NotBefore").max(Instant::compareTo),
                times(bounds, "NotOnOrAfter").min(Instant::compareTo));
        checkAudience();
        return new Assertion(form, id, issued, expires);
    }

    private List<Element> bounds() {
        Optional<Element> confirmation =
                Saml.find(assertion, "Subject", "SubjectConfirmation", "SubjectConfirmationData");
        return Stream.of(Saml.find(assertion, "Conditions"), confirmation)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Stream<Instant> times(List<Element> bounds, String attribute) {
        return bounds.stream().flatMap(bound -> Saml.time(bound, attribute).stream());
    }

    private void checkAudience() {
        List<Element> conditions = Saml.find(assertion, "Conditions").stream()
                .flatMap(Saml::children)
                .toList();
        for (Element condition : conditions) {
            if (KNOWN.stream().noneMatch(name -> Saml.is(condition, name))) {
                throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, "Conditions");
            }
            if (Saml.is(condition, "AudienceRestriction") && !namesUs(condition)) {
                throw new EstablishmentRefusal(EstablishmentError.AUDIENCE_MISMATCH);
            }
        }
    }

    private boolean namesUs(Element restriction) {
        return Saml.children(restriction, "Audience").stream().anyMatch(audience -> limits.audiences()
                .contains(audience.getTextContent().strip()));
    }
}
