package io.github.evergrant.renewal;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a token stands between its birth and its end. */
public enum Freshness {
    /** Use it. */
    FRESH,
    /** Use it, and let one caller fetch its successor. */
    AGING,
    /** Fetch its successor first; use it only when that fails and its end has not come. */
    SPENT;

    /** How long before its end a token is spent, at most. */
    static final Duration MARGIN = Duration.ofSeconds(60);

    /** A record younger than this is adopted by whoever waited for it, whatever its life. */
    static final Duration NEWBORN = Duration.ofSeconds(1);

    private static final double AGING_FROM = 0.70;
    private static final double AGING_SPREAD = 0.20;

    /**
     * Judges a token.
     *
     * @param issuedAt when the request for it left, or null when another program fetched it: then it never ages and the
     *     margin is {@link #MARGIN}
     * @param ages whether it may be {@link #AGING}
     */
    static Freshness of(TokenData data, @Nullable Instant issuedAt, boolean ages, Instant now) {
        if (!(data.expiry() instanceof Expiry.At end)) {
            return FRESH;
        }
        if (now.isAfter(end.instant().minus(margin(data, issuedAt)))) {
            return SPENT;
        }
        if (!ages || issuedAt == null) {
            return FRESH;
        }
        Duration lifetime = Duration.between(issuedAt, end.instant());
        // More than a whole life left: somebody's clock was wrong, and a successor tells us whose.
        boolean clockWentBack = Duration.between(now, end.instant()).compareTo(lifetime) > 0;
        return clockWentBack || !now.isBefore(agingFrom(data, issuedAt, lifetime)) ? AGING : FRESH;
    }

    /** The last instant at which it is {@link #FRESH}, roughly; {@link Instant#MAX} when it has no end. */
    static Instant freshUntil(TokenData data, @Nullable Instant issuedAt, boolean ages) {
        if (!(data.expiry() instanceof Expiry.At end)) {
            return Instant.MAX;
        }
        Instant spent = end.instant().minus(margin(data, issuedAt));
        if (!ages || issuedAt == null) {
            return spent;
        }
        Instant aging = agingFrom(data, issuedAt, Duration.between(issuedAt, end.instant()));
        return aging.isBefore(spent) ? aging : spent;
    }

    /**
     * When a successor is due where no more can be fetched after an end: between 0.70 and 0.90 of the time until then, or until
     * the token's own end if that comes first.
     */
    static Instant dueBefore(TokenData data, Instant issuedAt, Instant end) {
        Instant first = data.expiry() instanceof Expiry.At own && own.instant().isBefore(end) ? own.instant() : end;
        return agingFrom(data, issuedAt, Duration.between(issuedAt, first));
    }

    /** How long before its end this token is spent: a fifth of its life, a minute at most. */
    static Duration margin(TokenData data, @Nullable Instant issuedAt) {
        if (issuedAt == null || !(data.expiry() instanceof Expiry.At end)) {
            return MARGIN;
        }
        Duration fifth = Duration.between(issuedAt, end.instant()).dividedBy(5);
        return fifth.isNegative() ? Duration.ZERO : fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN;
    }

    /** All processes agree on the instant, because it comes from the token, and no two tokens on the same one. */
    private static Instant agingFrom(TokenData data, Instant issuedAt, Duration lifetime) {
        String digits = Fingerprint.ofAccessToken(data.accessToken()).prefix();
        double u = Long.parseLong(digits, 16) / (double) 0xFFFFFFFFL;
        return issuedAt.plusMillis((long) (lifetime.toMillis() * (AGING_FROM + AGING_SPREAD * u)));
    }
}
