package fr.carnet.server.cli.trace;

import fr.carnet.server.cli.Voice;
import fr.carnet.trace.chain.Finding;
import fr.carnet.trace.chain.Finding.Kind;
import fr.carnet.trace.chain.Scope;
import fr.carnet.trace.chain.TraceVerification;
import fr.carnet.trace.chain.Verified;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trace verify}: 0 as it was written, 1 not, or not to be verified, 2 bad arguments. */
@Command(name = "verify", mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    /** Told one by one of each sort; the rest is counted. */
    private static final int TOLD = 50;

    private static final long STEP = 100_000;

    @Mixin
    private Voice voice;

    @Mixin
    private Place place;

    @Option(names = "--record")
    private String ins;

    @Option(names = "--since")
    private String since;

    @Override
    public Integer call() throws IOException {
        if (place.hasHalfAProof()) {
            throw voice.refusal("trace.half-a-proof");
        }
        Optional<Instant> from = Optional.ofNullable(since).map(this::instant);
        try (Connection connection = place.connect()) {
            Optional<String> patient = ins == null ? Optional.empty() : Optional.of(patient(connection));
            Verified verified =
                    TraceVerification.verify(connection, place.proof(), new Scope(patient, from), this::progress);
            return tell(verified, from.isPresent());
        } catch (Place.NotRunning e) {
            throw new IOException(voice.text("trace.not-running"), e);
        } catch (SQLException e) {
            throw new IOException(voice.text("trace.database", e.getSQLState()), e);
        }
    }

    private Instant instant(String given) {
        try {
            return given.contains("T")
                    ? Instant.parse(given)
                    : LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw voice.refusal("trace.since");
        }
    }

    private String patient(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select patient_id from carnet.matricule where ins_value = ?")) {
            statement.setString(1, ins);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    throw voice.refusal("trace.no-record");
                }
                return found.getString(1);
            }
        }
    }

    private void progress(long rows) {
        if (rows % STEP == 0) {
            voice.say("trace.progress", rows);
        }
    }

    private int tell(Verified verified, boolean partial) {
        Map<Kind, Integer> told = new EnumMap<>(Kind.class);
        for (Finding finding : verified.findings()) {
            if (told.merge(finding.kind(), 1, Integer::sum) <= TOLD) {
                tell(finding);
            }
        }
        told.forEach((kind, number) -> {
            if (number > TOLD) {
                voice.say("trace.more", number - TOLD, voice.text(key(kind) + ".short"));
            }
        });
        voice.say("trace.seen", verified.rows(), verified.chains());
        voice.say(verified.roots() > 0 ? "trace.roots" : "trace.no-roots", verified.roots());
        if (verified.older() > 0) {
            voice.say("trace.older", verified.older());
        }
        if (partial) {
            voice.say("trace.partial");
        }
        voice.say(
                verified.findings().isEmpty() ? "trace.intact" : "trace.tampered",
                verified.findings().size());
        return verified.findings().isEmpty() ? 0 : 1;
    }

    private void tell(Finding finding) {
        String row = finding.row()
                .map(r -> voice.text("trace.row", r.id(), r.recordedAt()))
                .orElse("");
        voice.say(key(finding.kind()), finding.where(), finding.from(), finding.to(), row);
    }

    private static String key(Kind kind) {
        return "trace." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
