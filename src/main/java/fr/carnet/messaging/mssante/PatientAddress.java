package fr.carnet.messaging.mssante;

import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Addresses of patients: the matricule at one domain (R160).
 *
 * @param domain e.g. {@code patient.mssante.fr}
 * @param accepted domains of matricules: the address does not say which one it is of
 */
record PatientAddress(String domain, Collection<InsDomain> accepted) {

    /** @throws NullPointerException if a component is missing */
    PatientAddress {
        Objects.requireNonNull(domain);
        accepted = List.copyOf(accepted);
    }

    /** The address of a patient. */
    String of(Ins ins) {
        return ins.value() + "@" + domain;
    }

    /** The matricules that an address may name; none if it is no address of a patient, or its key is wrong. */
    List<Ins> read(String address) {
        int at = address.lastIndexOf('@');
        boolean ours = at > 0 && address.substring(at + 1).equalsIgnoreCase(domain);
        String matricule = ours ? address.substring(0, at).toUpperCase(Locale.ROOT) : "";
        return accepted.stream().sorted().flatMap(d -> ins(d, matricule)).toList();
    }

    private static Stream<Ins> ins(InsDomain domain, String matricule) {
        try {
            return Stream.of(new Ins(domain, matricule));
        } catch (Ins.InvalidIns e) {
            return Stream.empty();
        }
    }
}
