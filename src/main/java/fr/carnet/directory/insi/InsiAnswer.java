package fr.carnet.directory.insi;

import java.util.List;
import java.util.Objects;

/** What INSi answers to a search, or why there is no answer. */
public sealed interface InsiAnswer {

    /**
     * Exactly one person ({@code CodeCR} 00).
     *
     * @param identity who
     */
    record Found(ReferenceIdentity identity) implements InsiAnswer {

        /** @throws NullPointerException if nobody is given */
        public Found {
            Objects.requireNonNull(identity);
        }
    }

    /** Nobody ({@code CodeCR} 01). */
    record NotFound() implements InsiAnswer {}

    /** More than one ({@code CodeCR} 02): other given names or the birth place may decide. */
    record Several() implements InsiAnswer {}

    /**
     * No answer that says anything of a person.
     *
     * @param cause what happened
     * @param codes codes of the teleservice, e.g. {@code siram_40} and {@code insi_102}; never its texts
     */
    record Failed(Cause cause, List<String> codes) implements InsiAnswer {

        /** @throws NullPointerException if the cause is missing */
        public Failed {
            Objects.requireNonNull(cause);
            codes = List.copyOf(codes);
        }

        static Failed of(Cause cause) {
            return new Failed(cause, List.of());
        }
    }

    /** Why there is no answer. */
    enum Cause {
        /** No connection. */
        UNREACHABLE,
        /** The certificates of the two sides do not fit. */
        TLS,
        /** No answer in time. */
        TIMED_OUT,
        /** It refuses the request: software, certificate, or form (SOAP fault of the sender; HTTP 401, 403). */
        REFUSED,
        /** It cannot answer now (SOAP fault of the receiver; HTTP 502, 503, 504). */
        UNAVAILABLE,
        /** What came is no answer that this client understands, an unknown return code included. */
        UNINTELLIGIBLE
    }
}
