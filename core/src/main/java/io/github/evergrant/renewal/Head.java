package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of a session, and what we know of its birth.
 *
 * @param data the record
 * @param issuedAt when the request for it first left, or null when another program fetched it
 * @param bornOfRefusal whether it was fetched because an API refused its predecessor
 * @param unchanging whether the server gave the same access token again: then it never ages
 */
record Head(TokenData data, @Nullable Instant issuedAt, boolean bornOfRefusal, boolean unchanging) {

    /** A record that another program wrote. */
    static Head foreign(TokenData data) {
        return new Head(data, null, false, false);
    }

    Fingerprint fingerprint() {
        return data.fingerprint();
    }

    Head with(TokenData other) {
        return new Head(other, issuedAt, bornOfRefusal, unchanging);
    }

    Freshness freshness(Instant now) {
        return Freshness.of(data, issuedAt, !unchanging, now);
    }

    Obtained obtained(Instant now, boolean renewed, @Nullable EvergrantException warning) {
        Instant freshUntil = Freshness.freshUntil(data, issuedAt, !unchanging);
        return new Obtained(data, freshness(now), freshUntil, renewed, warning);
    }

    /** What a storage keeps of the newest records: all but what stands in for a token that was not fetched yet. */
    static Map<String, TokenData> stored(Map<String, Head> heads) {
        Map<String, TokenData> records = new LinkedHashMap<>();
        heads.forEach((resourceServer, head) -> {
            if (!head.data().isStandIn()) {
                records.put(resourceServer, head.data());
            }
        });
        return records;
    }

    /** Whether a caller with this demand can have it without a renewal. */
    boolean satisfies(Demand demand, Instant now) {
        if (data.isStandIn()) {
            return false;
        }
        if (demand.refused() != null) {
            return !data.accessToken().equals(demand.refused());
        }
        return !demand.always() && freshness(now) != Freshness.SPENT && validFor(demand.minValid(), now);
    }

    private boolean validFor(Duration asked, Instant now) {
        return data.expiry()
                .end()
                .map(end -> {
                    Duration cap = issuedAt == null
                            ? asked
                            : Duration.between(issuedAt, end).multipliedBy(4).dividedBy(5);
                    Duration needed = asked.compareTo(cap) < 0 ? asked : cap;
                    return !now.plus(needed).isAfter(end);
                })
                .orElse(true);
    }

    /** Whether whoever waited for it takes it, whatever its life. */
    boolean newborn(Instant now) {
        return issuedAt != null && issuedAt.plus(Freshness.NEWBORN).isAfter(now);
    }

    boolean expired(Instant now) {
        return data.expiry().hasPassed(now);
    }
}
