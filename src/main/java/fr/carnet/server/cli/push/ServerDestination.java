package fr.carnet.server.cli.push;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.push.Result.Kind;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.SubmissionBundles;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;

/** A server: ITI-65. After the first request without an answer nothing more is sent. */
final class ServerDestination implements Destination {

    /** The server knows what the document replaces: then the metadata have to name it. */
    private static final String UNSTATED = "constr-cdr-rempl";

    private static final int OK = 200;

    private final FhirClient server;
    private final String token;
    private final SubmissionBundles bundles;
    private final ResourceBundle texts;
    private final AtomicBoolean gone = new AtomicBoolean();

    ServerDestination(FhirClient server, String token, SubmissionBundles bundles, ResourceBundle texts) {
        this.server = server;
        this.token = token;
        this.bundles = bundles;
        this.texts = texts;
    }

    @Override
    public Result take(SourceFile file, Optional<DocumentId> replaces) {
        if (gone.get()) {
            return new Result(Kind.NO_ANSWER, texts.getString("push.not-sent"));
        }
        try {
            Answer answer = send(file, replaces);
            boolean unstated = replaces.isEmpty() && answer.codes().anyMatch(UNSTATED::equals);
            return result(
                    unstated ? send(file, file.header().replaces().stream().findFirst()) : answer);
        } catch (IOException e) {
            gone.set(true);
            return new Result(Kind.NO_ANSWER, texts.getString("unreachable"));
        }
    }

    private Answer send(SourceFile file, Optional<DocumentId> replaces) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Bundle bundle = bundles.bundle(file.header(), file.content(), file.mediaType(), replaces, now);
        return server.send(token, Call.transaction(bundle));
    }

    private Result result(Answer answer) {
        if (answer.status() != OK) {
            return new Result(Kind.REFUSED, refusal(answer));
        }
        String ids = answer.createdInTransaction()
                .filter(id -> id.startsWith("DocumentReference/"))
                .collect(Collectors.joining(" "));
        return answer.isOfAnEarlierSending()
                ? new Result(Kind.ALREADY_THERE, texts.getString("already-there") + " " + ids)
                : new Result(Kind.ACCEPTED, ids);
    }

    private String refusal(Answer answer) {
        String codes = answer.codes().distinct().collect(Collectors.joining(", "));
        String sentence = answer.sentence().isBlank() ? texts.getString("push.no-sentence") : answer.sentence();
        return answer.status() + " " + (codes.isEmpty() ? "" : codes + " ") + "« " + sentence + " »";
    }
}
