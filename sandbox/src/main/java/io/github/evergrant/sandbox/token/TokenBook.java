package io.github.evergrant.sandbox.token;

import io.github.evergrant.sandbox.token.Family.Held;
import io.github.evergrant.sandbox.token.Family.Renewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All tokens of one dialect. A refresh token that was replaced and is seen again gets the same answer within the grace
 * time; after that it is refused and every token of its family ends. Safe for all threads.
 */
public final class TokenBook {

    private static final int SWEEP_EVERY = 4096;

    private final TokenPolicy policy;
    private final Randomness random;
    private final InstantSource clock;
    private final Map<String, Held> access = new ConcurrentHashMap<>();
    private final Map<String, Renewer> renewers = new ConcurrentHashMap<>();
    /** The last family of each grant that cannot be refreshed, where the same token can be given again. */
    private final Map<Grant, Family> latest = new ConcurrentHashMap<>();

    private final LongAdder reuses = new LongAdder();
    private final LongAdder familiesRevoked = new LongAdder();
    private volatile @Nullable Duration wanted;

    public TokenBook(TokenPolicy policy, Randomness random, InstantSource clock) {
        this.policy = policy;
        this.random = random;
        this.clock = clock;
    }

    /** How long an access token lives unless someone asked otherwise. */
    public Duration lifetime() {
        return lifetime(policy.accessTokenLifetime());
    }

    /** The same of tokens that usually live so long. */
    public Duration lifetime(Duration usual) {
        Duration instead = wanted;
        return instead == null ? usual : instead;
    }

    /** From now on new access tokens live so long, or with null as long as usual. */
    public void live(@Nullable Duration lifetime) {
        wanted = lifetime;
    }

    /** Begins a family: the first access token of a login and, if wanted, its first refresh token. */
    public Issued open(Grant grant, Duration lifetime, boolean refreshable, Set<Change> changes) {
        Instant now = clock.instant();
        Family before = refreshable || !changes.contains(Change.SAME_TOKEN_AGAIN) ? null : latest.get(grant);
        Family family = before == null || before.revoked ? new Family(grant) : before;
        if (!refreshable) {
            latest.put(grant, family);
        }
        Held held = next(family, lifetime, now, changes);
        String refresh = refreshable && !changes.contains(Change.NO_REFRESH_TOKEN) ? newRenewer(family) : null;
        return issued(held, refresh, now);
    }

    /** Uses a refresh token; empty when it is unknown, another client's, revoked, or used before. */
    public Optional<Issued> refresh(String value, Client client, Set<Change> changes) {
        Renewer renewer = renewers.get(value);
        if (renewer == null || !renewer.family.grant.client().equals(client)) {
            return Optional.empty();
        }
        Family family = renewer.family;
        family.lock.lock();
        try {
            Instant now = clock.instant();
            if (renewer.usedAt != null) {
                return again(renewer, renewer.usedAt, now);
            }
            return family.revoked ? Optional.empty() : Optional.of(renew(value, renewer, now, changes));
        } finally {
            family.lock.unlock();
        }
    }

    /** The access token of that value, if it exists and is good now. */
    public Optional<AccessToken> access(String value) {
        Held held = access.get(value);
        return held != null && held.isGoodAt(clock.instant()) ? Optional.of(held.snapshot()) : Optional.empty();
    }

    /** Whether that was an access token, and is none any more because its time is over. */
    public boolean hasEnded(String value) {
        Held held = access.get(value);
        return held != null && !clock.instant().isBefore(held.expiresAt);
    }

    /** The grant behind a refresh token that would be accepted now. */
    public Optional<Grant> refreshable(String value) {
        Renewer renewer = renewers.get(value);
        if (renewer == null) {
            return Optional.empty();
        }
        Family family = renewer.family;
        family.lock.lock();
        try {
            return renewer.usedAt == null && !family.revoked ? Optional.of(family.grant) : Optional.empty();
        } finally {
            family.lock.unlock();
        }
    }

    /** Ends that access token, or with a refresh token its whole family; a stranger's token stays as it is. */
    public void revoke(String value, Client client) {
        Held held = access.get(value);
        if (held != null && held.family.grant.client().equals(client)) {
            access.remove(value);
        }
        Renewer renewer = renewers.get(value);
        if (renewer != null && renewer.family.grant.client().equals(client)) {
            renewer.family.revoked = true;
        }
    }

    /** Ends all access tokens of that person, or of everyone, now; answers how many were still good. */
    public int expire(@Nullable Person person) {
        Instant now = clock.instant();
        int ended = 0;
        for (Held held : access.values()) {
            if (held.isGoodAt(now)
                    && (person == null || held.family.grant.person().equals(person))) {
                held.expiresAt = now;
                ended++;
            }
        }
        return ended;
    }

    /** How often a refresh token was seen after it had been replaced, within grace or not. */
    public long reuses() {
        return reuses.sum();
    }

    /** How many families ended because of that. */
    public long familiesRevoked() {
        return familiesRevoked.sum();
    }

    /** Counts a token that was replaced and is seen again, of a kind that this book does not keep. */
    public void reused() {
        reuses.increment();
    }

    /** Forgets every token and what was asked for, and starts counting at zero. */
    public void clear() {
        wanted = null;
        access.clear();
        renewers.clear();
        latest.clear();
        reuses.reset();
        familiesRevoked.reset();
    }

    private Optional<Issued> again(Renewer renewer, Instant usedAt, Instant now) {
        reused();
        if (!renewer.family.revoked && now.isBefore(usedAt.plus(policy.reuseGrace()))) {
            return Optional.ofNullable(renewer.answer);
        }
        if (!renewer.family.revoked) {
            renewer.family.revoked = true;
            familiesRevoked.increment();
        }
        return Optional.empty();
    }

    private Issued renew(String value, Renewer renewer, Instant now, Set<Change> changes) {
        Held held = next(renewer.family, lifetime(), now, changes);
        if (changes.contains(Change.NO_REFRESH_TOKEN)) {
            return issued(held, null, now);
        }
        if (!policy.rotate()) {
            return issued(held, value, now);
        }
        Issued answer = issued(held, newRenewer(renewer.family), now);
        renewer.usedAt = now;
        // Without grace nobody can ask for it again, and a long run has many of them.
        renewer.answer = policy.reuseGrace().isZero() ? null : answer;
        return answer;
    }

    private Held next(Family family, Duration lifetime, Instant now, Set<Change> changes) {
        Held before = family.latest;
        if (before != null && changes.contains(Change.SAME_TOKEN_AGAIN)) {
            return before;
        }
        Held held = new Held(random.opaque("sandbox-at-"), family, now, now.plus(lifetime));
        family.latest = held;
        access.put(held.value, held);
        if (access.size() % SWEEP_EVERY == 0) {
            access.values().removeIf(old -> !old.isGoodAt(now));
        }
        return held;
    }

    private String newRenewer(Family family) {
        String value = random.opaque("sandbox-rt-");
        renewers.put(value, new Renewer(family));
        return value;
    }

    private static Issued issued(Held held, @Nullable String refresh, Instant now) {
        AccessToken token = held.snapshot();
        return new Issued(
                token,
                refresh,
                Math.max(0, Duration.between(now, token.expiresAt()).toSeconds()));
    }
}
