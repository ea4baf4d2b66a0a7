package io.github.evergrant.sandbox;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a sandbox behaves.
 *
 * @param port the port on 127.0.0.1; 0 takes a free one
 * @param accessTokenLifetime how long an access token lives; at least a second
 * @param rotate whether each refresh replaces the refresh token
 * @param reuseGrace how long after its first use a replaced refresh token still gets the same answer again
 * @param latency how long each request waits before its work
 * @param seed makes tokens, codes, ids and keys repeatable; empty for unguessable ones
 */
public record SandboxSettings(
        int port,
        Duration accessTokenLifetime,
        Rotation rotate,
        Duration reuseGrace,
        Duration latency,
        OptionalLong seed) {

    /** What happens to a refresh token when it is used. */
    public enum Rotation {
        /** Each refresh answers a new refresh token, and the used one is finished. */
        ALWAYS,
        /** The refresh token stays the same for the whole login. */
        NEVER
    }

    /** Refuses, with an {@link IllegalArgumentException}, a port or a time that cannot be. */
    public SandboxSettings {
        check(port >= 0 && port <= 65535, "port must be from 0 to 65535");
        check(accessTokenLifetime.toSeconds() >= 1, "the access token lifetime must be at least a second");
        check(!reuseGrace.isNegative(), "the reuse grace must not be negative");
        check(!latency.isNegative(), "the latency must not be negative");
        Objects.requireNonNull(rotate, "rotate");
        Objects.requireNonNull(seed, "seed");
    }

    /** A free port, 15 minutes, rotation always, no grace, no latency, no seed. */
    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0, Duration.ofMinutes(15), Rotation.ALWAYS, Duration.ZERO, Duration.ZERO, OptionalLong.empty());
    }

    public SandboxSettings withPort(int newPort) {
        return new SandboxSettings(newPort, accessTokenLifetime, rotate, reuseGrace, latency, seed);
    }

    public SandboxSettings withAccessTokenLifetime(Duration lifetime) {
        return new SandboxSettings(port, lifetime, rotate, reuseGrace, latency, seed);
    }

    public SandboxSettings withRotate(Rotation rotation) {
        return new SandboxSettings(port, accessTokenLifetime, rotation, reuseGrace, latency, seed);
    }

    public SandboxSettings withReuseGrace(Duration grace) {
        return new SandboxSettings(port, accessTokenLifetime, rotate, grace, latency, seed);
    }

    public SandboxSettings withLatency(Duration newLatency) {
        return new SandboxSettings(port, accessTokenLifetime, rotate, reuseGrace, newLatency, seed);
    }

    public SandboxSettings withSeed(long newSeed) {
        return new SandboxSettings(port, accessTokenLifetime, rotate, reuseGrace, latency, OptionalLong.of(newSeed));
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
