package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Document.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SQL finds exactly what the policy shows: the sieve after it never has anything to drop. */
class SieveIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final List<String> ACTORS = List.of(
            "dr-martin",
            "dr-leroy",
            "nurse-petit",
            "pharmacist-roche",
            "dentist",
            "midwife",
            "dr-urg",
            "dominique",
            "alice",
            "insurance",
            "auditor",
            "operator");

    @Channel(25)
    @Test
    void noSearchOfAnyoneDropsAnything() {
        try (Consents consents = new Consents()) {
            consents.declare(Published.DOMINIQUE, "dr-martin", "899700100011");
            consents.declare(Published.DOMINIQUE, "pharmacist-roche", "899700100045");
            consents.declare(Published.DOMINIQUE, "dentist", "899700100052");
            for (Kind kind : List.of(Kind.CONSULTATION, Kind.PSYCHIATRIC_SYNTHESIS)) {
                for (String label : List.of("MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX")) {
                    Published.of(Published.DOMINIQUE, kind, bundle -> Published.document(bundle)
                            .addSecurityLabel(Published.label(label)));
                }
                Published.of(Published.DOMINIQUE, kind);
            }
            Set<Integer> totals = new LinkedHashSet<>();
            for (String actor : ACTORS) {
                String token = SERVER.token(actor);
                for (String type : List.of("DocumentReference", "List", "Consent", "CareTeam", "RelatedPerson")) {
                    for (String more :
                            List.of("", "&status=current,superseded,entered-in-error", "&_sort=date&_count=2")) {
                        Reply reply = RawHttp.get(token, type + "?" + Published.of(Published.DOMINIQUE) + more);
                        assertThat(reply.status()).as(actor).isLessThan(500);
                        totals.add(reply.total());
                    }
                }
                Reply overview = RawHttp.get(token, "Patient/$overview?_count=50&" + Published.of(Published.DOMINIQUE));
                assertThat(overview.status()).as(actor).isLessThan(500);
            }
            assertThat(totals).as("the callers do see different things").hasSizeGreaterThan(2);
        }
        assertThat(SERVER.bean(MeterRegistry.class)
                        .get("carnet.sieve.drops")
                        .counter()
                        .count())
                .as("over all searches of this JVM")
                .isZero();
    }
}
