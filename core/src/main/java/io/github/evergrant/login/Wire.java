package io.github.evergrant.login;

import io.github.evergrant.http.HttpSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What a login reaches the world by.
 *
 * @param http sends its requests
 * @param clock says what time it is
 * @param deadline for each request, body included
 * @param issuers what id tokens are checked with; shared by logins, so that the second need not fetch it again
 */
public record Wire(HttpSender http, InstantSource clock, Duration deadline, Issuers issuers) {

    /** Longer than a renewal has: a code is good for one try, and a person would have to sign in again. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    public Wire {
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(issuers, "issuers");
    }

    /** With the usual deadline of thirty seconds, and nothing known of any issuer. */
    public Wire(HttpSender http, InstantSource clock) {
        this(http, clock, USUAL);
    }

    /** With nothing known of any issuer. */
    public Wire(HttpSender http, InstantSource clock, Duration deadline) {
        this(http, clock, deadline, new Issuers());
    }

    /** With the usual deadline. */
    public Wire(HttpSender http, InstantSource clock, Issuers issuers) {
        this(http, clock, USUAL, issuers);
    }

    /** The same, but for what sends. */
    public Wire through(HttpSender other) {
        return new Wire(other, clock, deadline, issuers);
    }
}
