package io.github.evergrant.examples;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the examples with tastytrade find in their environment. */
final class TastytradeTalk {

    /** Where the sessions of these programs are. */
    static final String STORE = "json:~/tastytrade-sessions.json";

    /** As which the grant is kept. */
    static final String SESSION = "tastytrade";

    private TastytradeTalk() {}

    /** The sandbox that is asked in the place of tastytrade, or null. */
    static @Nullable URI sandbox() {
        String address = System.getenv("EVERGRANT_SANDBOX");
        return address == null ? null : URI.create(address);
    }
}
