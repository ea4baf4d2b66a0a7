package io.github.evergrant.session;

import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.oauth.IdTokenRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How a door behaves; the storage is named beside it.
 *
 * @param http how connections are made
 * @param clock the wall clock
 * @param patience how long a caller waits for a token, at most
 * @param refreshAhead whether an aging token is renewed in the background while it is still used
 * @param leeway how far a server's clock may be from this one, where an id token says when it ends
 */
public record EvergrantSettings(
        HttpSettings http, InstantSource clock, Duration patience, boolean refreshAhead, Duration leeway) {

    public EvergrantSettings {
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(patience, "patience");
        if (leeway.isNegative()) {
            throw new IllegalArgumentException("a leeway is not negative");
        }
    }

    /**
     * Proxy from the environment, the system's clock, thirty seconds of patience, renewal in the background, five minutes of
     * leeway.
     */
    public static EvergrantSettings defaults() {
        return new EvergrantSettings(
                HttpSettings.fromEnvironment(System.getenv()),
                InstantSource.system(),
                Duration.ofSeconds(30),
                true,
                IdTokenRules.LEEWAY);
    }

    public EvergrantSettings withHttp(HttpSettings other) {
        return new EvergrantSettings(other, clock, patience, refreshAhead, leeway);
    }

    public EvergrantSettings withClock(InstantSource other) {
        return new EvergrantSettings(http, other, patience, refreshAhead, leeway);
    }

    public EvergrantSettings withPatience(Duration other) {
        return new EvergrantSettings(http, clock, other, refreshAhead, leeway);
    }

    public EvergrantSettings withRefreshAhead(boolean other) {
        return new EvergrantSettings(http, clock, patience, other, leeway);
    }

    public EvergrantSettings withLeeway(Duration other) {
        return new EvergrantSettings(http, clock, patience, refreshAhead, other);
    }
}
