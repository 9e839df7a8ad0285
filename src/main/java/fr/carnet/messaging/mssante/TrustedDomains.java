package fr.carnet.messaging.mssante;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The trust space of MSSanté: domains from which mail is taken (R167).
 *
 * @param names domains; a subdomain is another domain
 */
record TrustedDomains(Collection<String> names) {

    /** Lower case, as they are compared. */
    TrustedDomains {
        names = List.copyOf(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    /** True if the address is of a domain on the list. */
    boolean trust(String address) {
        int at = address.lastIndexOf('@');
        return at > 0 && names.contains(address.substring(at + 1).toLowerCase(Locale.ROOT));
    }
}
