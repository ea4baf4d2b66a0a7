package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session at one moment, as far as storage and journal tell.
 *
 * @param facts what the session room keeps of it, as JSON values; empty for a session another program wrote
 * @param records its token data with where each stands, by resource server; empty only in {@link #NONE}
 * @param dead why the provider refused for good, by resource server; such a record is not sent again
 * @param inDoubt since when a renewal has been sent whose owner is overdue, or null
 * @param coolingUntil before when the provider is left alone, or null
 * @param lastRenewal when a successor last arrived, or null
 * @param lastFailure what the last renewal failed of, in words, or null when it succeeded
 * @param rotates whether the provider was seen to answer a refresh token of this login with another one, or is known to:
 *     then only one owner can have it
 */
public record Standing(
        Map<String, @Nullable Object> facts,
        Map<String, Entry> records,
        Map<String, String> dead,
        @Nullable Instant inDoubt,
        @Nullable Instant coolingUntil,
        @Nullable Instant lastRenewal,
        @Nullable String lastFailure,
        boolean rotates) {

    /** Why the provider refused, where it no longer knows the client that the session was obtained by. */
    public static final String CLIENT_DELETED = "client deleted";

    /** How the reason begins where the provider asks something that only a person can answer, at a login (OIDC Core 3.1.2.6). */
    public static final String INTERACTION_REQUIRED = "interaction_required";

    /**
     * One record and where it stands.
     *
     * @param issuedAt when it was asked for, or null when another program fetched it
     * @param refreshEnd when its refresh token ends, or null when that is not known
     */
    public record Entry(
            TokenData data,
            Freshness freshness,
            @Nullable Instant issuedAt,
            @Nullable Instant refreshEnd) {}

    /** Of what nothing can be read, and only the end can be had. */
    public static final Standing NONE = new Standing(Map.of(), Map.of(), Map.of(), null, null, null, null, false);

    /** Without the facts, which hold a client's secret, and the tokens. */
    @Override
    public String toString() {
        return "Standing[" + records.keySet() + ", dead " + dead.keySet() + ", in doubt since " + inDoubt
                + ", cooling until " + coolingUntil + ", last renewal " + lastRenewal + "]";
    }

    /** Whether any of its records has a refresh token. */
    public boolean hasRefreshToken() {
        return records.values().stream().anyMatch(entry -> entry.data().refreshToken() != null);
    }

    /** Who the tokens speak for, if that is known. */
    public Optional<String> identity() {
        return records.values().stream()
                .map(entry -> entry.data().identity())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @param leaseIsFree whether nobody is renewing: then an intent's owner is dead */
    static Standing of(Look look, Instant now, boolean leaseIsFree) {
        JournalState state = look.state();
        Map<String, Entry> records = new LinkedHashMap<>();
        Map<String, String> dead = new LinkedHashMap<>();
        look.heads().forEach((rs, head) -> {
            records.put(rs, new Entry(head.data(), head.freshness(now), head.issuedAt(), head.refreshEnd()));
            look.deathOf(rs).ifPresent(mark -> dead.put(rs, mark.why()));
        });
        Intent intent = state.openIntent();
        Failure failure = state.failure;
        Instant doubtedSince =
                intent != null && !intent.answered() && (leaseIsFree || intent.over(now)) ? intent.firstSent() : null;
        return new Standing(
                state.facts,
                records,
                dead,
                doubtedSince,
                failure != null && failure.coolsAt(now) ? failure.until() : null,
                state.lastRenewal,
                failure == null ? null : failure.code() + ": " + failure.why(),
                state.isUsedOnce());
    }
}
