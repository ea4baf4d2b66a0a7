package io.github.evergrant.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an access token ends. */
public sealed interface Expiry {

    /** The last second of the year 9999: what a format that demands a number holds for a token without an end. */
    long NEVER_SECONDS = 253402300799L;

    /** It ends at an instant. */
    record At(Instant instant) implements Expiry {
        public At {
            Objects.requireNonNull(instant, "instant");
        }

        /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof At at && instant.equals(at.instant);
        }

        @Override
        public int hashCode() {
            return instant.hashCode();
        }
    }

    /** No end is known: it is good until an API refuses it. */
    record Never() implements Expiry {

        /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Never;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static Expiry at(Instant instant) {
        return new At(instant);
    }

    static Expiry never() {
        return new Never();
    }

    /** Reads seconds since 1970 as a file holds them. */
    static Expiry ofEpochSecond(long seconds) {
        return seconds >= NEVER_SECONDS
                ? new Never()
                : new At(Instant.ofEpochSecond(Math.max(seconds, -NEVER_SECONDS)));
    }

    /** Seconds since 1970, rounded down; {@link #NEVER_SECONDS} when no end is known. */
    default long epochSecond() {
        return this instanceof At at ? at.instant().getEpochSecond() : NEVER_SECONDS;
    }

    /** The instant, if an end is known. */
    default Optional<Instant> end() {
        return this instanceof At at ? Optional.of(at.instant()) : Optional.empty();
    }

    /** Whether the end has come: at the instant itself a token is over. */
    default boolean hasPassed(Instant now) {
        return this instanceof At at && !now.isBefore(at.instant());
    }
}
