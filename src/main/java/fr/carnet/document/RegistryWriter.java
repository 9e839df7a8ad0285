package fr.carnet.document;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.overview.Overview;
import fr.carnet.document.overview.OverviewAnswer;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Sends what was read from the registry as ready JSON, without a model in between. XML, {@code _pretty} and
 * {@code _elements} take the way through the model, from the same rows.
 *
 * <p>Runs last: sieve and notary have seen the page before.
 */
@Interceptor
public final class RegistryWriter {

    /** After sieve and notary. Not {@code Integer.MAX_VALUE}: HAPI compares orders by subtraction, which overflows. */
    public static final int ORDER = 1_000_000;

    /** Sent by another writer. */
    private static final Set<String> CONTENTS = Set.of("Binary", "Bundle");

    private static final int SMALLEST_GZIP = 1024;

    private final FhirContext fhir;
    private final RegistryAnswer answer;

    RegistryWriter(FhirContext fhir, LinkSeal seal) {
        this.fhir = fhir;
        this.answer = new RegistryAnswer(seal);
    }

    /** Answers in place of HAPI; true when the request reads nothing from the registry. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = ORDER)
    public boolean write(ServletRequestDetails request, ResponseDetails details) throws IOException {
        RegistryPage page = RegistryPage.of(request.getUserData());
        if (page == null || CONTENTS.contains(request.getResourceName())) {
            return true;
        }
        String json = json(page, request);
        if (page.query() == null) {
            request.getServletResponse()
                    .setHeader("ETag", "W/\"" + page.rows().get(0).version() + "\"");
        }
        if (!isPlainJson(request)) {
            IBaseResource resource = fhir.newJsonParser().parseResource(json);
            details.setResponseResource(resource);
            return true;
        }
        send(json.getBytes(StandardCharsets.UTF_8), request, details);
        return false;
    }

    private String json(RegistryPage page, ServletRequestDetails request) {
        String base = request.getFhirServerBase();
        Overview overview = Overview.of(request.getUserData());
        if (overview != null) {
            Texts texts = Texts.of(request.getHeader("Accept-Language"));
            return OverviewAnswer.of(overview, texts, row -> answer.resource(page, row, base));
        }
        return page.query() == null
                ? answer.resource(page, page.rows().get(0), base)
                : answer.bundle(page, Excerpts.of(request.getUserData()), base, warnings(page, request));
    }

    private String warnings(RegistryPage page, ServletRequestDetails request) {
        List<Issue> issues = page.query().warnings().stream()
                .map(w -> new Issue(
                        Severity.WARNING, w.code(), "warning." + w.code(), List.of(w.argument()), Optional.empty()))
                .toList();
        return issues.isEmpty()
                ? null
                : fhir.newJsonParser()
                        .encodeResourceToString(
                                Outcomes.of(issues, 200, Texts.of(request.getHeader("Accept-Language"))));
    }

    private static boolean isPlainJson(ServletRequestDetails request) {
        var server = request.getServer();
        var encoding = RestfulServerUtils.determineResponseEncodingWithDefault(request);
        return encoding.getEncoding() == EncodingEnum.JSON
                && !RestfulServerUtils.prettyPrintResponse(server, request)
                && !request.getParameters().containsKey("_elements")
                && !summarises(request);
    }

    private static boolean summarises(ServletRequestDetails request) {
        String[] summary = request.getParameters().getOrDefault("_summary", new String[0]);
        return !Set.of("count", "false").containsAll(List.of(summary));
    }

    private static void send(byte[] body, ServletRequestDetails request, ResponseDetails details) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(details.getResponseCode());
        response.setContentType("application/fhir+json;charset=UTF-8");
        if (request.isRespondGzip() && body.length >= SMALLEST_GZIP) {
            response.setHeader("Content-Encoding", "gzip");
            try (OutputStream out = new GZIPOutputStream(response.getOutputStream(), 8192)) {
                out.write(body);
            }
        } else {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
