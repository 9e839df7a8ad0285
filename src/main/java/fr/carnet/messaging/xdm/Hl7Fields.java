package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.EntryAuthor.Person;
import fr.carnet.messaging.xdm.EntryAuthor.Structure;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.StructureId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HL7 v2 data types inside XDS attributes: CX for patients, XCN for persons, XON for structures (IHE ITI TF-3 4.2.3.1.7).
 * Delimiters inside a value are escaped as HL7 v2.5 does it.
 */
final class Hl7Fields {

    private static final String URN_OID = "urn:oid:";
    private static final int PERSON_ROOT = 8;
    private static final int STRUCTURE_ROOT = 5;
    private static final int STRUCTURE_ID = 9;

    private static final Pattern ESCAPE = Pattern.compile("\\\\([FRTSE])\\\\");
    private static final Map<String, String> DELIMITERS = Map.of("F", "|", "R", "~", "T", "&", "S", "^", "E", "\\");

    private Hl7Fields() {}

    /** {@code 284…^^^&1.2.250.1.213.1.4.10&ISO^NH}. */
    static String patient(Ins ins) {
        return ins.value() + "^^^&" + ins.domain().oid() + "&ISO^NH";
    }

    /** @throws Ins.InvalidIns if it is no INS */
    static Ins patient(String cx) {
        String[] fields = cx.split("\\^", -1);
        return Ins.of(fields.length > 3 ? oid(fields[3]) : "", fields[0]);
    }

    static String person(Person person) {
        String type = (URN_OID + person.root()).equals(IdNatPs.SYSTEM) ? "IDNPS" : "RI";
        return escaped(person.id())
                + "^" + escaped(person.family())
                + "^" + escaped(person.given())
                + "^^^^^^" + authority(person.root())
                + (person.id().isEmpty() ? "" : "^D^^^" + type);
    }

    static Optional<Person> person(String xcn) {
        String[] fields = xcn.split("\\^", -1);
        String root = oid(field(fields, PERSON_ROOT));
        return xcn.isBlank()
                ? Optional.empty()
                : Optional.of(new Person(text(fields, 0), root, text(fields, 1), text(fields, 2)));
    }

    static String structure(Structure structure) {
        String type = (URN_OID + structure.root()).equals(StructureId.SYSTEM) ? "IDNST" : "XX";
        return escaped(structure.name()) + "^^^^^" + authority(structure.root()) + "^" + type + "^^^"
                + escaped(structure.id());
    }

    static Optional<Structure> structure(String xon) {
        String[] fields = xon.split("\\^", -1);
        return xon.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Structure(text(fields, STRUCTURE_ID), oid(field(fields, STRUCTURE_ROOT)), text(fields, 0)));
    }

    private static String authority(String root) {
        return root.isEmpty() ? "" : "&" + root + "&ISO";
    }

    private static String oid(String authority) {
        String[] parts = authority.split("&", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    private static String text(String[] fields, int at) {
        return unescaped(field(fields, at));
    }

    private static String field(String[] fields, int at) {
        return at < fields.length ? fields[at] : "";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\E\\")
                .replace("^", "\\S\\")
                .replace("&", "\\T\\")
                .replace("~", "\\R\\")
                .replace("|", "\\F\\");
    }

    /** In one pass: an escaped backslash begins no escape. */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(DELIMITERS.get(escape.group(1))));
    }
}
