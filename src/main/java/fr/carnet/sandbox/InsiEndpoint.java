package fr.carnet.sandbox;

import fr.carnet.sandbox.InsiSimulator.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /sandbox/insi}: the teleservice INSi, as {@link InsiSimulator} plays it. */
@RestController
@Profile("sandbox")
class InsiEndpoint {

    private static final String SOAP = "application/soap+xml";
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final InsiSimulator simulator;

    InsiEndpoint(Cast cast) {
        this.simulator = new InsiSimulator(cast);
    }

    @PostMapping(path = "/sandbox/insi", consumes = SOAP)
    ResponseEntity<byte[]> answer(@RequestBody byte[] message) throws InterruptedException {
        Reply reply = simulator.answer(message);
        if (reply.slow()) {
            Thread.sleep(A_WHILE.toMillis());
        }
        return ResponseEntity.status(reply.status())
                .contentType(reply.soap() ? MediaType.parseMediaType(SOAP + ";charset=UTF-8") : MediaType.TEXT_HTML)
                .body(reply.body().getBytes(StandardCharsets.UTF_8));
    }
}
