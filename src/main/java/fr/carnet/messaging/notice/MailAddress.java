package fr.carnet.messaging.notice;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.regex.Pattern;

/** What a mail can be sent to: one address, with a domain, and nothing around it (RFC 5321). */
public final class MailAddress {

    private static final Pattern SHAPE =
            Pattern.compile("[^\\s@\\p{Cntrl}<>,;:\"()]{1,64}@[A-Za-z0-9.-]{1,190}\\.[A-Za-z0-9-]{2,63}");

    private MailAddress() {}

    /** True for an address. */
    public static boolean isOne(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return false;
        }
        try {
            new InternetAddress(text, true).validate();
            return true;
        } catch (AddressException e) {
            return false;
        }
    }
}
