package fr.carnet.enforcement;

import fr.carnet.trace.TraceView;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody may take with him, left with the request by the judge.
 *
 * @param operation which
 * @param format of the traces
 * @param view of the traces
 */
record Export(ExportOperation operation, Format format, TraceView view) {

    private static final String KEY = Export.class.getName();

    /** Forms in which it is sent. */
    enum Format {
        CSV("text/csv;charset=UTF-8", "traces.csv"),
        PDF("application/pdf", "traces.pdf"),
        ZIP("application/zip", "dossier.zip");

        private final String mediaType;
        private final String fileName;

        Format(String mediaType, String fileName) {
            this.mediaType = mediaType;
            this.fileName = fileName;
        }

        String mediaType() {
            return mediaType;
        }

        String fileName() {
            return fileName;
        }
    }

    void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** Empty if the request exports nothing. */
    static Optional<Export> of(Map<Object, Object> userData) {
        return Optional.ofNullable((Export) userData.get(KEY));
    }
}
