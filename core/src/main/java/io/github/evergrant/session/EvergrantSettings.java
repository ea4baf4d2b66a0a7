package io.github.evergrant.session;

import io.github.evergrant.http.HttpSettings;
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
 */
public record EvergrantSettings(HttpSettings http, InstantSource clock, Duration patience, boolean refreshAhead) {

    public EvergrantSettings {
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(patience, "patience");
    }

    /** Proxy from the environment, the system's clock, thirty seconds of patience, renewal in the background. */
    public static EvergrantSettings defaults() {
        return new EvergrantSettings(
                HttpSettings.fromEnvironment(System.getenv()), InstantSource.system(), Duration.ofSeconds(30), true);
    }

    public EvergrantSettings withHttp(HttpSettings other) {
        return new EvergrantSettings(other, clock, patience, refreshAhead);
    }

    public EvergrantSettings withClock(InstantSource other) {
        return new EvergrantSettings(http, other, patience, refreshAhead);
    }

    public EvergrantSettings withPatience(Duration other) {
        return new EvergrantSettings(http, clock, other, refreshAhead);
    }

    public EvergrantSettings withRefreshAhead(boolean other) {
        return new EvergrantSettings(http, clock, patience, other);
    }
}
