package io.github.evergrant.renewal;

import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a token.
 *
 * @param minValid how long the token must still be good; capped at four fifths of its whole life
 * @param always renew even when it is not due
 * @param refused the access token that an API refused, or null: it is renewed only while it is still the stored one
 * @param patience how long the caller waits for others, for a provider that asked to be left alone, and for the exchange
 */
public record Demand(
        Duration minValid, boolean always, @Nullable Secret refused, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A token that is good to send now. */
    public static final Demand GOOD_NOW = new Demand(Duration.ZERO, false, null, PATIENCE);

    /** A successor, due or not. */
    public static final Demand SUCCESSOR = new Demand(Duration.ZERO, true, null, PATIENCE);

    public Demand {
        Objects.requireNonNull(minValid, "minValid");
        Objects.requireNonNull(patience, "patience");
    }

    /** A token good for at least so long. */
    public static Demand validFor(Duration minValid) {
        return new Demand(minValid, false, null, PATIENCE);
    }

    /** A token other than the one that was refused. */
    public static Demand insteadOf(Secret refused) {
        return new Demand(Duration.ZERO, false, refused, PATIENCE);
    }

    public Demand withPatience(Duration other) {
        return new Demand(minValid, always, refused, other);
    }

    /** Whether the stored token can stand in when no successor can be had. */
    boolean contentWithOld() {
        return !always && refused == null;
    }
}
