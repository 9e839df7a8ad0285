package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nobody's name, matricule, token or document gets into logs or metrics, however much is logged. */
class PersonalDataIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String INS = Published.NESSI.ins().value();

    private final Recorder recorder = new Recorder();
    private final Map<Logger, Level> levels = new LinkedHashMap<>();

    /** Everything that is logged: message, arguments, context, exceptions. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(event.getLoggerName())
                    .append(' ')
                    .append(event.getFormattedMessage())
                    .append(' ')
                    .append(event.getMDCPropertyMap());
            for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                line.append(' ').append(t.getClassName()).append(' ').append(t.getMessage());
            }
            lines.add(line.toString());
        }
    }

    @BeforeEach
    void listen() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        recorder.setContext(root.getLoggerContext());
        recorder.start();
        root.addAppender(recorder);
        level("fr.carnet", Level.TRACE);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(recorder);
        levels.forEach(Logger::setLevel);
    }

    private void level(String name, Level level) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        levels.put(logger, logger.getLevel());
        logger.setLevel(level);
    }

    @Channel({68, 69})
    @Test
    void logsAndMetricsNameNobody() {
        String martin = SERVER.token("dr-martin");
        String nurse = SERVER.token("nurse-petit");
        Published document;
        try (Consents consents = new Consents()) {
            consents.declare(Published.NESSI, "dr-martin", "899700100011");
            document = Published.of(Published.NESSI, Kind.CONSULTATION);
            String search = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current";
            assertThat(RawHttp.get(martin, search + "&author.family=" + document.family())
                            .total())
                    .isEqualTo(1);
            assertThat(RawHttp.get(martin, document.path()).status()).isEqualTo(200);
            assertThat(RawHttp.send(
                                    martin,
                                    Ask.get("Binary/" + document.binary()).with("Accept", "*/*"))
                            .body())
                    .contains(document.text());
            assertThat(RawHttp.get(
                                    martin,
                                    "Patient?identifier="
                                            + Call.escaped(Published.NESSI.ins().token()))
                            .status())
                    .isEqualTo(200);
            SERVER.index();
            assertThat(RawHttp.get(martin, search + "&text=" + document.text()).body())
                    .contains("<em>" + document.text() + "</em>");
            for (String words : List.of(INS, "%22" + INS + "%22", INS + "*")) {
                assertThat(RawHttp.get(martin, search + "&text=" + words).total())
                        .isZero();
            }
            refused(martin, nurse, search, document);
        }
        List<String> secrets = List.of(
                INS,
                "RUTH",
                "NESSI",
                document.family(),
                "Claire",
                document.text(),
                martin,
                martin.substring(martin.lastIndexOf('.')),
                nurse,
                document.uniqueId());
        LoggerFactory.getLogger("fr.carnet.probe").trace("the recorder hears");
        assertThat(recorder.lines).anyMatch(line -> line.contains("the recorder hears"));
        for (String secret : secrets) {
            assertThat(recorder.lines).as("in the logs").noneMatch(line -> line.contains(secret));
            assertThat(SERVER.bean(MeterRegistry.class).getMeters())
                    .as("in the metrics")
                    .noneMatch(meter -> meter.getId().toString().contains(secret));
        }
        assertThat(SERVER.bean(MeterRegistry.class).getMeters())
                .noneMatch(meter -> meter.getId().toString().contains(document.id()));
    }

    /** Refusals, failures and nonsense that quote personal data. */
    private static void refused(String martin, String nurse, String search, Published document) {
        assertThat(RawHttp.get(nurse, search).status()).isEqualTo(403);
        assertThat(RawHttp.get(nurse, document.path()).status()).isEqualTo(404);
        for (String path : List.of(
                search + "&zzz=" + INS,
                search + "&date=" + INS,
                search + "&text=" + INS + "&text:exact=" + INS,
                search + "&text=" + INS.repeat(20),
                search + "&_sort=" + INS,
                search + "&_count=" + INS,
                search + "&type:" + INS + "=x",
                search + "&_sealed=" + INS,
                "DocumentReference?patient.identifier=" + INS,
                "DocumentReference/" + INS,
                "Binary/" + INS,
                "Patient?identifier=" + INS,
                "Patient?family=NESSI",
                "NESSI/" + INS,
                "AuditEvent?patient.identifier=" + INS,
                SERVER.root() + "/NESSI/" + INS,
                "DocumentReference;NESSI=" + INS,
                "DocumentReference//" + INS)) {
            assertThat(RawHttp.get(martin, path).status()).as(path).isBetween(400, 499);
        }
        Bundle duplicate =
                Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
        Published.document(duplicate).getMasterIdentifier().setValue(document.uniqueId());
        Bundle foreign = Published.Draft.of(Published.NESSI, Kind.CONSULTATION).bundle();
        Published.document(foreign).getSubject().setReference("Patient?identifier=NESSI|" + INS);
        for (String body : List.of(
                FhirJson.text(duplicate),
                FhirJson.text(foreign),
                "{\"resourceType\":\"NESSI\",\"id\":\"" + INS,
                "{\"resourceType\":\"Bundle\",\"NESSI\":\"" + INS + "\"}",
                "NESSI " + INS)) {
            Ask ask = Ask.of("POST", SERVER.root() + "/fhir").body("application/fhir+json", body);
            assertThat(RawHttp.send(martin, ask).status()).isBetween(400, 499);
        }
        Ask patch = Ask.of("PATCH", document.path())
                .body("application/json-patch+json", "[{\"op\":\"NESSI\",\"path\":\"/" + INS + "\"}]");
        assertThat(RawHttp.send(martin, patch).status()).isBetween(400, 499);
        Ask consent = Ask.of("POST", "Consent")
                .body(
                        "application/fhir+json",
                        "{\"resourceType\":\"Consent\",\"patient\":{\"identifier\":{\"system\":\"NESSI\",\"value\":\""
                                + INS + "\"}}}");
        assertThat(RawHttp.send(martin, consent).status()).isBetween(400, 499);
        assertThat(RawHttp.get(martin + "x", document.path()).status()).isEqualTo(401);
        assertThat(SERVER.send(nurse, Choices.masking(document.path())).status())
                .isEqualTo(404);
    }
}
