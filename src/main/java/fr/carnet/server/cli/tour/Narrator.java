package fr.carnet.server.cli.tour;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxIssuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** Sends the requests of the tour, tells each in one line with its outcome, and stops at the first difference. */
final class Narrator {

    private final FhirClient server;
    private final SandboxIssuer issuer;
    private final ResourceBundle texts;
    private final PrintWriter out;
    private final Holder holder;
    private final Object[] words;
    private final Map<Map<String, String>, String> tokens = new HashMap<>();
    private int steps;

    /**
     * @param holder whose record it is; first word of a step's sentence
     * @param document what the tour is about; the second word
     */
    Narrator(FhirClient server, ResourceBundle texts, PrintWriter out, Holder holder, Exhibit document) {
        this.server = server;
        this.issuer = new SandboxIssuer(server);
        this.texts = texts;
        this.out = out;
        this.holder = holder;
        this.words = new Object[] {holder.actor().id(), texts.getString(document.label())};
    }

    /** An outcome that is not the expected one: the line that tells it is already out. */
    static final class Difference extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One step with an ordinary token for the holder's record.
     *
     * @param key of the sentence that tells it
     */
    Answer step(String key, Cast actor, Call call, Expectation... expectations) throws IOException, Difference {
        return step(key, actor, Map.of(), call, expectations);
    }

    /**
     * One step.
     *
     * @param claims what the token says besides actor and patient
     */
    Answer step(String key, Cast actor, Map<String, String> claims, Call call, Expectation... expectations)
            throws IOException, Difference {
        Answer answer = server.send(token(actor, claims), call);
        steps++;
        for (Expectation expectation : expectations) {
            if (!expectation.test().holds(answer)) {
                tell("✗", key, call, answer);
                String expected = texts.getString(expectation.key()).formatted(expectation.detail());
                say("tour.difference", expected);
                throw new Difference();
            }
        }
        tell("✓", key, call, answer);
        return answer;
    }

    void say(String key, Object... details) {
        out.println(texts.getString(key).formatted(details));
        out.flush();
    }

    int steps() {
        return steps;
    }

    private void tell(String sign, String key, Call call, Answer answer) {
        String request = call.method() + " " + shown(call.path());
        out.printf(
                "%s %2d  %-74s  %s  →  %s%n",
                sign, steps, texts.getString(key).formatted(words), request, outcome(answer));
        out.flush();
    }

    private String outcome(Answer answer) {
        String rule = answer.codes().findFirst().orElse("");
        if (answer.status() >= 400) {
            return (answer.status() + " " + rule + " « " + answer.sentence() + " »").replaceAll(" +", " ");
        }
        if (answer.isOfAnEarlierSending()) {
            return answer.status() + ", " + texts.getString("already-there");
        }
        return answer.total() < 0
                ? String.valueOf(answer.status())
                : answer.status() + ", " + texts.getString("tour.total").formatted(answer.total());
    }

    /** The matricule stays out of what is printed, though this one is fictional. */
    private String shown(String path) {
        String relative = path.startsWith(server.base() + "/")
                ? path.substring(server.base().toString().length() + 1)
                : path;
        return "[base]/" + relative.replace(Call.escaped(holder.person().ins().token()), "{INS}");
    }

    private String token(Cast actor, Map<String, String> claims) throws IOException {
        Map<String, String> all = new TreeMap<>(claims);
        all.put("patient", holder.person().ins().value());
        Map<String, String> wish = new TreeMap<>(all);
        wish.put("actor", actor.id());
        String token = tokens.get(wish);
        if (token == null) {
            token = issuer.token(actor.id(), all).value();
            tokens.put(wish, token);
        }
        return token;
    }
}
