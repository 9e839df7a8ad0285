package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;

/** ITI-67 queries. */
final class Searches {

    private Searches() {}

    /** Current documents of a patient. */
    static String current(Person person, int count) {
        return "DocumentReference?patient.identifier="
                + Call.escaped(person.ins().token()) + "&status=current&_count=" + count;
    }

    /** Documents of a patient that hold these words. */
    static String worded(Person person, String words, int count) {
        return "DocumentReference?patient.identifier="
                + Call.escaped(person.ins().token()) + "&text=" + Call.escaped(words) + "&_count=" + count;
    }

    /** One document by its uniqueId (TD3.1b). */
    static String byIdentifier(Person person, UniqueId id) {
        return "DocumentReference?patient.identifier="
                + Call.escaped(person.ins().token()) + "&identifier=" + Call.escaped("urn:ietf:rfc:3986|" + id.urn());
    }
}
