package fr.carnet.sandbox;

import fr.carnet.caller.DoorSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /sandbox}: what is here and how to begin; {@code POST /sandbox/reset}: as on the first day. */
@RestController
@Profile("sandbox")
class SandboxEndpoint {

    private final Cast cast;
    private final DoorSettings settings;
    private final SandboxStore store;
    private final Clock clock;

    SandboxEndpoint(Cast cast, DoorSettings settings, SandboxStore store, Clock clock) {
        this.cast = cast;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    @GetMapping("/sandbox")
    Map<String, Object> index() {
        String base = settings.base();
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("fhir", settings.fhirBase());
        index.put("now", clock.instant().toString());
        index.put(
                "endpoints",
                List.of(
                        "POST " + base + "/sandbox/token",
                        "POST " + base + "/sandbox/clock",
                        "POST " + base + "/sandbox/reset",
                        "POST " + base + "/sandbox/certificates",
                        "POST " + base + "/sandbox/insi",
                        "GET " + base + "/oauth2/authorize",
                        "GET " + base + "/oauth2/jwks",
                        "GET " + base + "/.well-known/oauth-authorization-server"));
        index.put("first", first(base));
        index.put("actors", cast.actors().stream().map(SandboxEndpoint::actor).toList());
        index.put(
                "patients",
                cast.patients().stream().map(SandboxEndpoint::patient).toList());
        index.put(
                "structures",
                cast.structures().stream().map(SandboxEndpoint::structure).toList());
        index.put(
                "directory",
                DirectoryPerson.beside(cast).stream()
                        .map(SandboxEndpoint::person)
                        .toList());
        return index;
    }

    @PostMapping("/sandbox/reset")
    synchronized Map<String, String> reset() {
        long start = System.nanoTime();
        store.reset();
        return Map.of(
                "reset",
                "done",
                "took",
                Duration.ofNanos(System.nanoTime() - start).toString());
    }

    private List<String> first(String base) {
        CastPatient alice = cast.patient("alice").orElseThrow();
        return List.of(
                "TOKEN=$(curl -s " + base + "/sandbox/token -d actor=dr-martin -d patient="
                        + alice.ins().value() + " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')",
                "curl -s -H \"Authorization: Bearer $TOKEN\" '" + settings.fhirBase() + "/Patient?identifier="
                        + alice.ins().token().replace("|", "%7C") + "'");
    }

    private static Map<String, String> actor(Actor actor) {
        return Map.of("id", actor.id(), "kind", actor.kind().name(), "note", actor.note());
    }

    private static Map<String, String> patient(CastPatient patient) {
        return Map.of(
                "id", patient.id(),
                "ins", patient.ins().value(),
                "system", patient.ins().domain().system(),
                "state", patient.state().name(),
                "note", patient.note());
    }

    private static Map<String, String> person(DirectoryPerson person) {
        return Map.of("id", person.id(), "idNatPs", person.idNatPs(), "note", person.note());
    }

    private static Map<String, String> structure(CastStructure structure) {
        return Map.of("id", structure.id(), "idNatStruct", structure.structure().value(), "name", structure.name());
    }
}
