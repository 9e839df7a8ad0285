package fr.carnet.document.iti68;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.ContentStore.Content;
import fr.carnet.shared.Fault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * What is sent of a content, decided before it is traced: all of it, a part, nothing because the client has it already, or
 * a FHIR resource that carries it. Contents never change, so their id serves as a tag.
 *
 * @param status of HTTP
 * @param content to be sent
 * @param slice the part of it
 * @param asResource true if a FHIR resource carries it
 */
record ContentAnswer(int status, Content content, Slice slice, boolean asResource) {

    /**
     * Weighs the headers of the request, and writes those of the answer that tell about the content.
     *
     * @param id of the content
     * @param title of the document
     * @param modified when the document was made, as its metadata tell
     * @param now nothing is told to be of later
     * @throws Fault 406 if the client takes nothing that there is; 412 if its precondition does not hold; 416 for a part
     *     that there is not
     */
    static ContentAnswer of(
            ServletRequestDetails request,
            String id,
            Content content,
            Optional<String> title,
            Instant modified,
            Instant now) {
        MediaType own = MediaType.valueOf(content.mediaType());
        HttpServletResponse response = request.getServletResponse();
        response.addHeader("Vary", "Accept");
        Slice whole = new Slice(0, content.size(), true);
        if (Negotiation.prefersFhir(request, own)) {
            return new ContentAnswer(HttpServletResponse.SC_OK, content, whole, true);
        }
        String etag = "\"" + id + "\"";
        Instant told = (modified.isAfter(now) ? now : modified).truncatedTo(ChronoUnit.SECONDS);
        refuseAnother(request.getHeader("If-Match"), etag);
        if (new ServletWebRequest(request.getServletRequest(), response).checkNotModified(etag, told.toEpochMilli())) {
            return new ContentAnswer(HttpServletResponse.SC_NOT_MODIFIED, content, new Slice(0, 0, true), false);
        }
        response.setHeader("Accept-Ranges", "bytes");
        Slice slice = Slice.of(request.getHeader("Range"), request.getHeader("If-Range"), content.size(), etag, told);
        if (!slice.whole()) {
            response.setHeader("Content-Range", slice.contentRange(content.size()));
        }
        if (slice.isEmpty()) {
            throw Fault.of(416, "range-unsatisfiable", content.size());
        }
        response.setHeader("Content-Disposition", FileName.disposition(title, own));
        int status = slice.whole() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_PARTIAL_CONTENT;
        return new ContentAnswer(status, content, slice, false);
    }

    /** Spring looks at {@code If-Match} only where something is changed. */
    private static void refuseAnother(String ifMatch, String etag) {
        if (ifMatch != null
                && Stream.of(ifMatch.split(",")).map(String::strip).noneMatch(t -> t.equals("*") || t.equals(etag))) {
            throw Fault.of(412, "version-mismatch");
        }
    }

    /** Sends the part with the type of the content; without a body where none belongs. */
    void send(ServletRequestDetails request) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(status);
        if (status != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setContentType(content.mediaType());
            response.setContentLengthLong(slice.length());
            if (!"HEAD".equals(request.getServletRequest().getMethod())) {
                copy(response.getOutputStream());
            }
        }
        response.flushBuffer();
    }

    private void copy(OutputStream out) throws IOException {
        InputStream in = content.bytes();
        in.skipNBytes(slice.first());
        byte[] buffer = new byte[8192];
        long left = slice.length();
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("content is shorter than stored");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
