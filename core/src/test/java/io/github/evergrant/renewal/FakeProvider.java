package io.github.evergrant.renewal;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider that rotates refresh tokens and, without grace, ends the session when a used one comes again.
 *
 * <p>A closed gate holds answers back; a script replaces them.
 */
final class FakeProvider implements Exchange {

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final Semaphore arrived = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private volatile boolean gated;

    private final ReentrantLock books = new ReentrantLock();
    private final InstantSource clock;
    private final Deque<Function<TokenData, Outcome>> script = new ArrayDeque<>();
    private final Set<String> alive = new HashSet<>();
    private final Set<String> introspected = new HashSet<>();
    private final Map<String, TokenResponse> answered = new HashMap<>();
    Duration lifetime = Duration.ofMinutes(15);
    boolean grace;

    /** What is said about the grace; null when it is unknown. */
    @Nullable
    Duration reuseGrace;

    /** How long each answer was waited for. */
    final List<Duration> deadlines = Collections.synchronizedList(new ArrayList<>());

    /** What is answered when the script is at its end. */
    Function<TokenData, Outcome> otherwise = this::renew;

    int issued;
    int reuses;

    FakeProvider(InstantSource clock) {
        this.clock = clock;
    }

    void closeGate() {
        gated = true;
    }

    void openGate() {
        gated = false;
        gate.release(1000);
    }

    /** What is answered next in the place of tokens; the work may be done by calling {@link #renew} from it. */
    void next(Function<TokenData, Outcome> answer) {
        script.add(answer);
    }

    TokenResponse login(String... resourceServers) {
        return issue(false, resourceServers);
    }

    /** All resource servers get the same refresh token. */
    TokenResponse loginSharing(String... resourceServers) {
        return issue(true, resourceServers);
    }

    private TokenResponse issue(boolean shared, String... resourceServers) {
        Secret common = refreshToken();
        if (!shared) {
            alive.remove(common.reveal());
        }
        TokenData[] all = new TokenData[resourceServers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = TokenData.bearer(resourceServers[i], accessToken(), expiry())
                    .withRefreshToken(shared ? common : refreshToken());
        }
        return TokenResponse.of(clock.instant(), all);
    }

    @Override
    public @Nullable Duration reuseGrace() {
        return reuseGrace;
    }

    @Override
    public Outcome send(TokenData current, Duration deadline) {
        deadlines.add(deadline);
        asked.add(
                current.refreshToken() == null ? "none" : current.refreshToken().reveal());
        arrived.release();
        if (gated) {
            gate.acquireUninterruptibly();
        }
        books.lock();
        try {
            Function<TokenData, Outcome> scripted = script.poll();
            return scripted == null ? otherwise.apply(current) : scripted.apply(current);
        } finally {
            books.unlock();
        }
    }

    Outcome renew(TokenData current) {
        String used =
                current.refreshToken() == null ? "none" : current.refreshToken().reveal();
        if (answered.containsKey(used)) {
            reuses++;
            if (grace) {
                return new Outcome.Granted(answered.get(used));
            }
            alive.clear();
        }
        if (!alive.remove(used)) {
            return new Outcome.Refused("invalid_grant", "");
        }
        TokenResponse response = issue(false, current.resourceServer());
        answered.put(used, response);
        return new Outcome.Granted(response);
    }

    /** Ends a pair, as a revocation endpoint does; what it does not know is none of its business. */
    void revoke(TokenData data) {
        books.lock();
        try {
            introspected.remove(data.accessToken().reveal());
            data.refresh().map(Secret::reveal).ifPresent(alive::remove);
        } finally {
            books.unlock();
        }
    }

    /** All tokens, of either kind, of which an introspection would say that they are active. */
    Set<String> active() {
        books.lock();
        try {
            Set<String> all = new HashSet<>(alive);
            all.addAll(introspected);
            return all;
        } finally {
            books.unlock();
        }
    }

    private Expiry expiry() {
        return Expiry.at(clock.instant().plus(lifetime));
    }

    private Secret accessToken() {
        String token = "access-" + ++issued;
        introspected.add(token);
        return Secret.of(token);
    }

    private Secret refreshToken() {
        String token = "refresh-" + ++issued;
        alive.add(token);
        return Secret.of(token);
    }
}
