package fr.carnet.outbox;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A courier who does as he is told, and remembers. */
final class Postman implements Courier {

    final List<Parcel> carried = new CopyOnWriteArrayList<>();
    final List<Integer> rounds = new CopyOnWriteArrayList<>();
    boolean open = true;
    Function<Parcel, Delivery> way = parcel -> new Delivery.Done();

    @Override
    public String channel() {
        return "test";
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        rounds.add(parcels.size());
        return parcel -> {
            carried.add(parcel);
            return way.apply(parcel);
        };
    }

    /** The node is killed with the parcel in the courier's hands. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
