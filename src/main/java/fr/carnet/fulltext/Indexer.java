package fr.carnet.fulltext;

import fr.carnet.document.ContentStore;
import fr.carnet.document.IndexedDocument;
import fr.carnet.document.IndexedDocuments;
import fr.carnet.fulltext.extract.Extraction;
import fr.carnet.fulltext.extract.TextExtraction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings documents into the index as the registry has them now. May be run twice, or by two nodes at once, on the same document: the
 * newest version stays, and what is deleted meanwhile is taken out again.
 */
final class Indexer {

    /** Characters that are sent to the engine at once. */
    private static final int PACKET = 4_000_000;

    private final IndexedDocuments documents;
    private final ContentStore contents;
    private final TextExtraction extraction;
    private final TextIndex index;

    Indexer(IndexedDocuments documents, ContentStore contents, TextExtraction extraction, TextIndex index) {
        this.documents = documents;
        this.contents = contents;
        this.extraction = extraction;
        this.index = index;
    }

    /**
     * A document that is to be indexed.
     *
     * @param patient FHIR id
     * @param document FHIR id
     */
    record Address(String patient, String document) {}

    /**
     * Indexes documents.
     *
     * @param generations where
     * @return those that the engine could not take now
     */
    Set<String> index(Collection<Address> addresses, Collection<String> generations) {
        Map<String, IndexedDocument> found = documents.of(idsOf(addresses));
        Set<String> refused = new HashSet<>();
        List<IndexEntry> packet = new ArrayList<>();
        int size = 0;
        for (IndexedDocument document : found.values()) {
            IndexEntry entry = entry(document);
            packet.add(entry);
            size += entry.size();
            if (size > PACKET) {
                refused.addAll(index.put(generations, packet));
                packet.clear();
                size = 0;
            }
        }
        refused.addAll(index.put(generations, packet));
        removeAbsent(addresses, generations);
        return refused;
    }

    /** Looked at after the writing: whoever deletes one from now on has it removed after this. */
    private void removeAbsent(Collection<Address> addresses, Collection<String> generations) {
        Set<String> present = documents.of(idsOf(addresses)).keySet();
        addresses.stream()
                .filter(address -> !present.contains(address.document()))
                .forEach(gone -> index.remove(generations, gone.patient(), Set.of(gone.document())));
    }

    private static List<String> idsOf(Collection<Address> addresses) {
        return addresses.stream().map(Address::document).toList();
    }

    private IndexEntry entry(IndexedDocument document) {
        Optional<Extraction.Text> text = text(document.content());
        return new IndexEntry(
                document.id(),
                document.version(),
                document.patient(),
                document.keys(),
                document.date(),
                document.title().orElse(""),
                text.map(Extraction.Text::labels).orElse(""),
                text.map(Extraction.Text::body).orElse(""));
    }

    private Optional<Extraction.Text> text(String content) {
        return contents.open(content).flatMap(stored -> {
            try (InputStream in = stored.bytes()) {
                return extraction.extract(stored.mediaType(), in.readAllBytes()) instanceof Extraction.Text text
                        ? Optional.of(text)
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
