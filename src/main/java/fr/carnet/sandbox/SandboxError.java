package fr.carnet.sandbox;

import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** A form that the sandbox cannot use; answered as in RFC 6749 §5.2 with what would be valid. */
final class SandboxError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<String>> valid;

    SandboxError(String sentence, Map<String, List<String>> valid) {
        super(sentence);
        this.valid = valid;
    }

    SandboxError(String sentence) {
        this(sentence, Map.of());
    }

    ResponseEntity<Object> answer() {
        return ResponseEntity.badRequest()
                .cacheControl(CacheControl.noStore())
                .body(Map.of("error", "invalid_request", "error_description", getMessage(), "valid", valid));
    }
}
