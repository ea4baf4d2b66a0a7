package io.github.evergrant.login;

import io.github.evergrant.oauth.IdTokenRules;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the id tokens of servers are checked with: their keys, kept for a day once a token was signed by one of them, and how
 * far a server's clock may be from ours. Safe for many threads.
 */
public final class Issuers {

    private static final Duration KEPT = Duration.ofDays(1);

    private final Duration leeway;
    private final Map<Place, Keys> known = new ConcurrentHashMap<>();

    /** @param leeway how far the clocks may be apart */
    public Issuers(Duration leeway) {
        if (leeway.isNegative()) {
            throw new IllegalArgumentException("a leeway is not negative");
        }
        this.leeway = leeway;
    }

    /** With a leeway of five minutes. */
    public Issuers() {
        this(IdTokenRules.LEEWAY);
    }

    /**
     * Whose keys.
     *
     * @param jwks where they are, or null when the issuer's metadata say that
     */
    record Place(String issuer, @Nullable URI jwks) {}

    /**
     * Keys as they were fetched.
     *
     * @param algorithms how the server signs; none when it did not have to say
     * @param jwks the keys (RFC 7517), as it sent them
     */
    record Keys(Set<String> algorithms, String jwks, Instant fetched) {}

    Duration leeway() {
        return leeway;
    }

    Optional<Keys> of(Place place, Instant now) {
        return Optional.ofNullable(known.get(place))
                .filter(keys -> !now.isBefore(keys.fetched())
                        && now.isBefore(keys.fetched().plus(KEPT)));
    }

    void keep(Place place, Keys keys) {
        known.put(place, keys);
    }
}
