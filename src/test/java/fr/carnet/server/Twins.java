package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import java.util.function.Function;

/** A hidden document and one that never existed, asked for by the same caller in the same way. */
final class Twins {

    private Twins() {}

    /** Both are answered alike, byte for byte but for ids and dates; the answer for the hidden one. */
    static Reply same(String token, Published hidden, String channel, Function<Published, Ask> ask) {
        Published never = Published.never();
        Reply there = RawHttp.send(token, ask.apply(hidden));
        Reply absent = RawHttp.send(token, ask.apply(never));
        assertThat(there.comparable(hidden.words())).as(channel).isEqualTo(absent.comparable(never.words()));
        assertThat(there.status()).as("%s %s", channel, there.body()).isLessThan(500);
        return there;
    }
}
