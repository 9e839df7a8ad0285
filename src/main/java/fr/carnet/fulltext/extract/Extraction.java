package fr.carnet.fulltext.extract;

import java.util.Objects;

/** What came of reading a content. */
public sealed interface Extraction {

    /**
     * It has a text: in NFC, without control and format characters, blanks collapsed to single spaces, a line feed between
     * blocks.
     *
     * @param labels titles of the document and of its sections, display names of coded entries; one a line, each once
     * @param body narrative or pages; cells of a table are separated by {@code " | "}
     * @param cut true if not all is in here: a bound was reached and the beginning is kept, or an enclosed document has no text
     */
    record Text(String labels, String body, boolean cut) implements Extraction {

        /** @throws IllegalArgumentException if there is a NUL, which no database takes */
        public Text {
            if (labels.indexOf('\0') >= 0 || body.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a text has no NUL");
            }
        }

        /** The sizes alone: a text stays out of logs. */
        @Override
        public String toString() {
            return "Text[labels=" + labels.length() + ", body=" + body.length() + ", cut=" + cut + "]";
        }
    }

    /**
     * It will never have a text.
     *
     * @param reason why
     */
    record None(Reason reason) implements Extraction {

        /** @throws NullPointerException if there is no reason */
        public None {
            Objects.requireNonNull(reason);
        }
    }

    /** Why a content has no text. */
    enum Reason {
        /** Nothing is read of that type: images, imaging references, a root that is no CDA. */
        UNSUPPORTED_TYPE("unsupported-type"),
        /** It is not what its type says, broken beyond repair, or nested deeper than any honest one. */
        MALFORMED("malformed"),
        /** It opens with a password or a key. */
        ENCRYPTED("encrypted"),
        /** It was read and has no word: pages that are images. */
        NO_TEXT("no-text"),
        /** It was not read within its time. */
        TOO_SLOW("too-slow"),
        /** It needs more memory than a worker has. */
        TOO_MUCH_MEMORY("too-much-memory"),
        /** Two workers died of it. */
        WORKER_DIED("worker-died");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** A word for tables and metrics. */
        public String code() {
            return code;
        }
    }
}
