package io.github.evergrant.renewal;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a session, and what we know of its birth.
 *
 * @param data the record
 * @param issuedAt when the request for it first left, or null when another program fetched it
 * @param bornOfRefusal whether it was fetched because an API refused its predecessor
 * @param unchanging whether the server gave the same access token again: then it never ages
 * @param refreshEnd when its refresh token ends, or null when that is not known
 */
record Head(
        TokenData data,
        @Nullable Instant issuedAt,
        boolean bornOfRefusal,
        boolean unchanging,
        @Nullable Instant refreshEnd) {

    /** A record that another program wrote. */
    static Head foreign(TokenData data) {
        return new Head(data, null, false, false, null);
    }

    /** @param issuedAt null when nobody knows */
    static Head ofLogin(TokenData data, @Nullable Instant issuedAt, RefreshTerms terms) {
        return new Head(data, issuedAt, false, false, data.refreshToken() == null ? null : terms.end(issuedAt));
    }

    /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Head head
                && Objects.equals(issuedAt, head.issuedAt)
                && bornOfRefusal == head.bornOfRefusal
                && unchanging == head.unchanging
                && Objects.equals(refreshEnd, head.refreshEnd)
                && data.equals(head.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(data, issuedAt, bornOfRefusal, unchanging, refreshEnd);
    }

    Fingerprint fingerprint() {
        return data.fingerprint();
    }

    Head with(TokenData other) {
        return new Head(other, issuedAt, bornOfRefusal, unchanging, refreshEnd);
    }

    Freshness freshness(Instant now) {
        Freshness own = Freshness.of(data, issuedAt, !unchanging, now);
        return own != Freshness.SPENT && !now.isBefore(renewalDue()) ? Freshness.SPENT : own;
    }

    /**
     * Where the refresh token ends, a successor must be fetched in time, also by those who never renew ahead: from then on it
     * is due, though the token itself is good. {@link Instant#MAX} where no end is known.
     */
    private Instant renewalDue() {
        Instant end = refreshEnd;
        return end == null || issuedAt == null ? Instant.MAX : Freshness.dueBefore(data, issuedAt, end);
    }

    /** Whether its refresh token is known to have ended. */
    boolean refreshHasEnded(Instant now) {
        return refreshEnd != null && !now.isBefore(refreshEnd);
    }

    Obtained obtained(Instant now, boolean renewed, @Nullable EvergrantException warning) {
        Instant own = Freshness.freshUntil(data, issuedAt, !unchanging);
        Instant due = renewalDue();
        Instant freshUntil = due.isBefore(own) ? due : own;
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
