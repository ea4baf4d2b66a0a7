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
 */
public record Wire(HttpSender http, InstantSource clock, Duration deadline) {

    public Wire {
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(deadline, "deadline");
    }

    /** With the usual deadline of ten seconds. */
    public Wire(HttpSender http, InstantSource clock) {
        this(http, clock, Duration.ofSeconds(10));
    }
}
