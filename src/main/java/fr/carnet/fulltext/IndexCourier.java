package fr.carnet.fulltext;

import fr.carnet.fulltext.Indexer.Address;
import fr.carnet.fulltext.extract.ExtractionUnavailable;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries changes from the registry to the index, a batch at a time. While the engine is down, or its index is being made, they wait
 * in the outbox.
 */
final class IndexCourier implements Courier {

    private static final Delivery DONE = new Delivery.Done();

    private final TextIndex index;
    private final Indexer indexer;

    IndexCourier(TextIndex index, Indexer indexer) {
        this.index = index;
        this.indexer = indexer;
    }

    @Override
    public String channel() {
        return IndexChanges.CHANNEL;
    }

    @Override
    public boolean isOpen() {
        try {
            return index.isLive();
        } catch (IndexUnavailable e) {
            return false;
        }
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        Set<Address> documents = new HashSet<>();
        List<String> records = new ArrayList<>();
        for (Parcel parcel : parcels) {
            String[] payload = parcel.payload().split(" ", -1);
            if (payload.length == 2) {
                documents.add(new Address(payload[0], payload[1]));
            } else {
                records.add(payload[0]);
            }
        }
        try {
            List<String> generations = index.generations();
            Set<String> refused = indexer.index(documents, generations);
            records.forEach(patient -> index.removeRecord(generations, patient));
            return parcel -> refused.stream().anyMatch(id -> parcel.payload().endsWith(' ' + id))
                    ? new Delivery.Unreachable("index-busy")
                    : DONE;
        } catch (IndexUnavailable e) {
            return parcel -> new Delivery.Unreachable("index-unavailable");
        } catch (ExtractionUnavailable e) {
            return parcel -> new Delivery.Unreachable("extraction-unavailable");
        }
    }
}
