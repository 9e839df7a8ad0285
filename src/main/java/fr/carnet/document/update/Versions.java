package fr.carnet.document.update;

import fr.carnet.document.Registry;
import fr.carnet.policy.DocumentFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What a document replaced and what replaced it. Whoever locks several versions does it from the oldest to the newest, so
 * that no two wait for each other.
 */
@Component
class Versions {

    private final Registry registry;

    Versions(Registry registry) {
        this.registry = registry;
    }

    /** Locks a document and all that it replaced; its facts, unless there is no such document. */
    Optional<DocumentFacts> lock(String document) {
        List<String> versions = before(document);
        Collections.reverse(versions);
        versions.forEach(registry::lock);
        return registry.lock(document);
    }

    /** Ids of what a document replaced, directly or not, the newest first. */
    List<String> before(String document) {
        List<String> versions = new ArrayList<>();
        Optional<String> version = registry.replaced(document);
        while (version.isPresent()) {
            versions.add(version.get());
            version = registry.replaced(version.get());
        }
        return versions;
    }

    /** Locks all that replaced a document that is locked; their ids, the oldest first. */
    List<String> lockAfter(String document) {
        List<String> versions = new ArrayList<>();
        Optional<String> version = registry.replacement(document);
        while (version.isPresent()) {
            registry.lock(version.get());
            versions.add(version.get());
            version = registry.replacement(version.get());
        }
        return versions;
    }
}
