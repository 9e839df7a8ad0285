package fr.carnet.directory.insi;

import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * INSi over HTTP. A search changes nothing there, so it is safely sent again; it is where nothing answered, and is not where
 * the teleservice answered or took too long.
 */
final class SoapInsi implements InsiTeleservice {

    private static final long LONGEST_ANSWER = 256 * 1024;
    private static final Set<Integer> NOBODY_BEHIND = Set.of(502, 503, 504);

    private final InsiSettings settings;
    private final Envelope envelope;
    private final HttpClient client;

    SoapInsi(InsiSettings settings, Optional<SSLContext> tls, Clock clock) {
        this.settings = settings;
        this.envelope = new Envelope(settings, clock);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    @Override
    public InsiAnswer search(SearchedTraits traits) {
        Attempt attempt = attempt(traits);
        for (int left = settings.retries(); left > 0 && attempt.again(); left--) {
            attempt = attempt(traits);
        }
        return attempt.answer();
    }

    private Attempt attempt(SearchedTraits traits) {
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/soap+xml; charset=utf-8; action=\"" + Envelope.ACTION + "\"")
                .header("Accept", "application/soap+xml")
                .timeout(settings.timeout())
                .POST(BodyPublishers.ofByteArray(envelope.search(traits)))
                .build();
        // the client's own timeout ends with the headers
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, LimitedBody.of(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = sent.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Attempt(
                    AnswerReader.read(response.statusCode(), response.body()),
                    NOBODY_BEHIND.contains(response.statusCode()));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Attempt(Failed.of(Cause.TIMED_OUT), false);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Attempt(Failed.of(Cause.TIMED_OUT), false);
        }
    }

    private static Attempt failed(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Attempt(Failed.of(Cause.UNREACHABLE), true);
        }
        if (cause instanceof HttpTimeoutException) {
            return new Attempt(Failed.of(Cause.TIMED_OUT), false);
        }
        if (cause instanceof SSLException) {
            return new Attempt(Failed.of(Cause.TLS), false);
        }
        if (cause instanceof LimitedBody.TooLong) {
            return new Attempt(Failed.of(Cause.UNINTELLIGIBLE), false);
        }
        if (cause instanceof IOException) {
            return new Attempt(Failed.of(Cause.UNREACHABLE), true);
        }
        throw new IllegalStateException("a search failed: " + cause.getClass().getName());
    }

    /**
     * One try.
     *
     * @param answer what came of it
     * @param again nobody answered: another try may
     */
    private record Attempt(InsiAnswer answer, boolean again) {}
}
