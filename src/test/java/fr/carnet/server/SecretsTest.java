package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grep of the whole suite is able to fail. */
class SecretsTest {

    private final Secrets secrets = new Secrets();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient 277076322082910 not found",
                "query=patient.identifier=urn:oid:1.2.250.1.213.1.4.10|284057505601204&status=current",
                "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxIn0.c2ln",
                "deposited by Martin, Claire",
                "MOREAU",
                "depositor 899700100011",
                "excerpt: Ornithorynque123 in the text"
            })
    void aPlantedLeakIsFound(String line) {
        assertThat(secrets.in(line)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request 7f3c2a10-1111-4222-8333-123456789012 failed at 1763874615123456789",
                "actor dr-martin asks",
                "277076322082911 has a wrong key",
                "traceId=277076322082910aaaaaaaaaaaaaaaaa",
                "text index made: 1000 documents"
            })
    void whatNamesNobodyPasses(String line) {
        assertThat(secrets.in(line)).isEmpty();
    }

    @Test
    void theLeakOfARunFailsIt() {
        var discretion = new Discretion();
        discretion.heard("fr.carnet.test", "patient 277076322082910 not found");
        assertThat(discretion.leaks()).hasSize(1).allMatch(leak -> leak.contains("fr.carnet.test"));
        assertThat(new Discretion().leaks()).isEmpty();
    }
}
