package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryWriter;
import fr.carnet.shared.Texts;
import fr.carnet.trace.export.TraceExport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.hl7.fhir.r4.model.Bundle;

/** Sends an export in place of HAPI, once it is sieved and traced. */
@Interceptor
final class ExportWriter {

    private final TraceExport traces;
    private final RecordArchive archive;

    ExportWriter(TraceExport traces, RecordArchive archive) {
        this.traces = traces;
        this.archive = archive;
    }

    /** Answers when there is something to export. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = RegistryWriter.ORDER - 2)
    public boolean write(ServletRequestDetails request, ResponseDetails details) throws IOException {
        Export export = Export.of(request.getUserData()).orElse(null);
        if (export == null) {
            return true;
        }
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(details.getResponseCode());
        response.setContentType(export.format().mediaType());
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + export.format().fileName() + "\"");
        Texts texts = Texts.of(request.getHeader("Accept-Language"));
        OutputStream out = response.getOutputStream();
        switch (export.format()) {
            case CSV -> traces.csv(export.view(), texts, out);
            case PDF -> traces.pdf(export.view(), texts, out);
            case ZIP ->
                archive.write(
                        RegistryPage.of(request.getUserData()),
                        (Bundle) details.getResponseResource(),
                        export.view(),
                        texts,
                        out);
        }
        response.flushBuffer();
        return false;
    }
}
