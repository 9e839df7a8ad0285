package fr.carnet.outbox;

import java.time.Instant;
import java.util.List;

/** Carries what leaves by one channel. Called outside of every transaction, by several threads and nodes at once. */
public interface Courier {

    /** Name of the channel, as it was given to {@link Outbox#add}. */
    String channel();

    /** False while the channel is not configured: its entries wait, and no attempt is counted. */
    boolean isOpen();

    /**
     * Looks up at once what all parcels of a round need.
     *
     * @param parcels those that are about to be delivered, at least one
     * @return how to deliver each of them
     */
    Errand prepare(List<Parcel> parcels, Instant now);

    /** Delivers one parcel. An exception counts as {@link Delivery.Unknown}. */
    @FunctionalInterface
    interface Errand {
        /** Delivers, and tells what became of it. */
        Delivery deliver(Parcel parcel);
    }
}
