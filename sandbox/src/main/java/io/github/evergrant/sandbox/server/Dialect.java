package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.TokenBook;
import java.util.Map;

/** One provider as its clients see it. Safe for all threads. */
public interface Dialect {

    /** The first segment of its paths, and its name in {@code /_sandbox/} calls. */
    String name();

    /** The addresses its clients are pointed at, by name, for the ready line. */
    Map<String, String> places();

    /** What that request asks for; never fails, whatever was sent. */
    Call call(Request request);

    /** A token reply as after a completed login; may throw {@link Refusal}. */
    Reply grant(GrantOrder order);

    /** Its tokens. */
    TokenBook tokens();

    /** Forgets logins, codes and tokens. */
    void clear();
}
