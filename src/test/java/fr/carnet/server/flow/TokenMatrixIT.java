package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.flow.FlawedWay.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in with each flaw: status, code, rule; and a trace that says so without showing the proof. */
class TokenMatrixIT {

    /** Shorter parts of a proof, such as the header of a JWT, are the same in many. */
    private static final int TELLING = 40;

    static List<TokenMatrix.Cell> cells() {
        return TokenMatrix.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void flawIsRefusedByItsRuleAndTraced(TokenMatrix.Cell cell) {
        Optional<Attempt> attempt = cell.way().tried(cell.flaw());

        assertThat(attempt.isPresent()).isEqualTo(cell.exists());
        attempt.ifPresent(tried -> refused(cell, tried));
    }

    private static void refused(TokenMatrix.Cell cell, Attempt tried) {
        String told = tried.told();
        Record trace = Vendor.trace(tried.answer());
        assertThat(List.of(
                        trace.get("outcome", String.class),
                        trace.get("http_status", Integer.class),
                        trace.get("rule_slug", String.class),
                        trace.get("rule_id", String.class)))
                .as(told)
                .isEqualTo(List.of("REFUSED", cell.status(), cell.code(), cell.rule()));
        assertThat(tried.isRedirection() || tried.answer().statusCode() == cell.status())
                .as(told)
                .isTrue();
        assertThat(told.contains("\"" + cell.code() + "\"")
                        || told.contains("\"" + cell.rule() + "\"")
                        || told.contains("error_code=" + cell.code() + "&"))
                .as(told)
                .isTrue();
        String traced = Vendor.text(trace);
        parts(tried.proof()).forEach(part -> assertThat(traced).doesNotContain(part));
        parts(tried.proof()).forEach(part -> assertThat(told).doesNotContain(part));
    }

    private static Stream<String> parts(String proof) {
        return Stream.concat(
                Stream.of(proof), Stream.of(proof.split("\\.", -1)).filter(part -> part.length() > TELLING));
    }
}
