package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.method.ResourceParameter;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.validation.syntax.Syntax;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Holds a body to FHIR's grammar before HAPI parses it: what its parser would drop in silence is refused, on every write, at
 * every level of validation. A lost element may be a mask.
 */
final class BodySyntax {

    private static final Set<RequestTypeEnum> WRITES =
            Set.of(RequestTypeEnum.POST, RequestTypeEnum.PUT, RequestTypeEnum.PATCH);
    private static final int PIECE = 8_192;
    private static final String KEY = BodySyntax.class.getName();

    private final Syntax syntax;

    BodySyntax(Syntax syntax) {
        this.syntax = syntax;
    }

    /**
     * Of a dry run that can still be read, what is wrong is left with the request, for its answer.
     *
     * @throws Fault 400 with everything that is wrong, or for bytes that are no characters, 413 for XML that is nested too
     *     deep, 415 for another format
     */
    void require(ServletRequestDetails request) {
        if (!WRITES.contains(request.getRequestType()) || request.loadRequestContents().length == 0) {
            return;
        }
        requireCharacters(request);
        List<Issue> issues = issues(request);
        if (DryRun.OPERATION.equals(request.getOperation()) && !Syntax.isUnreadable(issues)) {
            request.getUserData().put(KEY, issues);
        } else if (!issues.isEmpty()) {
            throw new Fault(400, issues);
        }
    }

    /** Bytes that the character set does not have would become other characters in silence. */
    private static void requireCharacters(ServletRequestDetails request) {
        Charset charset = request.getCharset() == null ? StandardCharsets.UTF_8 : request.getCharset();
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(request.loadRequestContents());
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result = decoder.decode(bytes, piece, true);
        while (result.isOverflow()) {
            piece.clear();
            result = decoder.decode(bytes, piece, true);
        }
        if (result.isError()) {
            throw Fault.of(400, "unreadable");
        }
    }

    /** What is wrong with the body of a dry run. */
    @SuppressWarnings("unchecked")
    static List<Issue> of(ServletRequestDetails request) {
        return (List<Issue>) request.getUserData().getOrDefault(KEY, List.of());
    }

    private List<Issue> issues(ServletRequestDetails request) {
        boolean patch = request.getRequestType() == RequestTypeEnum.PATCH;
        EncodingEnum encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request, patch);
        // as the parser will read it: in the character set of the header
        Reader body = ResourceParameter.createRequestReader(request);
        if (encoding == null) {
            String type = String.valueOf(request.getHeader("Content-Type"));
            return type.startsWith(PatchTypeEnum.JSON_PATCH.getContentType()) ? syntax.otherJson(body) : List.of();
        }
        return switch (encoding) {
            case JSON -> syntax.json(body);
            case XML -> syntax.xml(body);
            default -> throw Fault.of(415, "unreadable");
        };
    }
}
