package io.github.evergrant.session;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.renewal.Renewal;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.validation.Reading;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One login, by name: hands out tokens that are good to send now, as long as the provider lets it live.
 *
 * <p>Safe for many threads. A session object stays with the account it was opened for: when another account's login
 * takes the name, it says so instead of handing out a stranger's tokens.
 */
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String name;
    private final Evergrant door;
    private final SessionRecords records;
    private final Optional<SessionFacts> facts;
    private final @Nullable String identity;
    private final Revoking revoking;
    private final Renewal renewal;
    private final List<Consumer<TokenResponse>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SessionAuthorizer> authorizers = new ConcurrentHashMap<>();

    Session(String name, Standing standing, SessionRecords records, Evergrant door) {
        this.name = name;
        this.door = door;
        this.records = records;
        this.facts = SessionFacts.fromJson(standing.facts());
        this.identity = standing.identity().orElse(null);
        this.revoking = new Revoking(door.http());
        this.renewal = new Renewal(
                door.unvalidated(),
                name,
                SessionSurroundings.of(name, identity, door, revoking),
                door.flights(),
                this::tell);
    }

    public String name() {
        return name;
    }

    /** What was true when its login ended; nothing when another program wrote the session. */
    public Optional<SessionFacts> facts() {
        return facts;
    }

    /**
     * A token that is good to send now, of the only resource server or the one named at login.
     *
     * @throws InvalidInput {@code resource_server_needed} when there are several and none was named
     * @throws LoginRequired when a human must log in
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a due renewal cannot be had now
     * @throws io.github.evergrant.error.ProviderRefused when the provider refuses the client
     * @throws io.github.evergrant.error.StorageFailure when the storage cannot be read or written
     */
    public AccessToken token() {
        return token(resourceServer());
    }

    /** A token that is good to send now, of one resource server. */
    public AccessToken token(String resourceServer) {
        return keeper(resourceServer).token();
    }

    /**
     * A token that meets a demand, with a warning when it is an old one because no successor could be had.
     *
     * @throws EvergrantException also what the storage's validators say of it; then its successor is saved all the same
     */
    public Obtained obtain(String resourceServer, Demand demand) {
        Obtained obtained = renewal.obtain(resourceServer, demand);
        door.storage()
                .validator()
                .afterRead(new Reading(name, resourceServer, Map.of(resourceServer, obtained.data()), this::tokens));
        SessionAuthorizer holder = authorizers.get(resourceServer);
        if (obtained.renewed() && holder != null) {
            holder.letGo();
        }
        if (obtained.freshness() == Freshness.AGING && door.settings().refreshAhead()) {
            renewAhead(resourceServer);
        }
        return obtained;
    }

    /** There is a good token: that its successor cannot be fetched yet is no reason to keep it back. */
    private void renewAhead(String resourceServer) {
        try {
            renewal.ahead(resourceServer);
        } catch (EvergrantException e) {
            LOG.debug("session '{}' is not renewed ahead: {}", name, e.code());
        }
    }

    /** Puts tokens of the only resource server, or the one named at login, on requests. */
    public Authorizer authorizer() {
        return authorizer(resourceServer());
    }

    /** Puts tokens of one resource server on requests. The same object each time. */
    public Authorizer authorizer(String resourceServer) {
        return keeper(resourceServer);
    }

    /** Renews if it is due. @return whether there is a successor */
    public boolean renew() {
        return obtain(resourceServer(), Demand.GOOD_NOW.withPatience(patience()))
                .renewed();
    }

    /** Renews, due or not. */
    public void renewNow() {
        obtain(resourceServer(), Demand.SUCCESSOR.withPatience(patience()));
    }

    /** When the stored access token ends; nothing when no end is known. */
    public Optional<Instant> expiresAt() {
        Standing.Entry entry = standing().records().get(resourceServer());
        return entry == null ? Optional.empty() : entry.data().expiry().end();
    }

    /** How long the stored access token is still good, never negative; nothing when no end is known. */
    public Optional<Duration> remaining() {
        Instant now = door.settings().clock().instant();
        return expiresAt().map(end -> Duration.between(now, end)).map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    /** Who the session speaks for, as the provider knows them, if that is known. */
    public Optional<String> identity() {
        return Optional.ofNullable(identity)
                .or(() -> facts.map(known -> known.account().identityId()));
    }

    /**
     * What the session is now. Waits for nobody and asks nobody.
     *
     * @throws LoginRequired {@code logged_out} when it was ended meanwhile, {@code moved} when it has gone elsewhere
     */
    public Standing standing() {
        return records.standing(door.settings().clock().instant())
                .orElseThrow(() -> Missing.since(door.unvalidated(), name));
    }

    /** What is kept of it and cannot be read, each as the failure that it is to whoever asks for it. */
    public List<StorageFailure> faults() {
        return door.unvalidated().faults(name);
    }

    private Map<String, TokenData> tokens() {
        Map<String, TokenData> all = new LinkedHashMap<>();
        standing().records().forEach((resourceServer, entry) -> all.put(resourceServer, entry.data()));
        return all;
    }

    /**
     * The resource server that is meant when none is named.
     *
     * @throws InvalidInput {@code resource_server_needed} when there are several and none was named at login
     */
    public String resourceServer() {
        String named = facts.map(SessionFacts::resourceServer).orElse(null);
        if (named != null) {
            return named;
        }
        List<String> all = List.copyOf(standing().records().keySet());
        if (all.size() == 1) {
            return all.get(0);
        }
        throw new InvalidInput(Problem.of(
                        "resource_server_needed",
                        "session '" + name + "' has tokens for several resource servers: " + String.join(", ", all))
                .withAdvice("name one of them")
                .withSession(name));
    }

    /**
     * Tells a listener of each response of this session that was fetched by this object and became the newest.
     *
     * <p>Called after it is stored, on a thread of ours, with the whole response. It may call the session. What it
     * throws is logged and breaks nothing.
     */
    public void onRefresh(Consumer<TokenResponse> listener) {
        listeners.add(listener);
    }

    /**
     * Ends the session: revokes its tokens at the provider, then forgets them here.
     *
     * <p>What is kept here goes in every case.
     *
     * @param keepAtProvider whether the tokens stay alive there
     * @return what could not be revoked, in words; empty when all was
     */
    public List<String> logout(boolean keepAtProvider) {
        return ending(keepAtProvider, revoke -> renewal.end(revoke, patience()));
    }

    /**
     * Ends what the session has for some resource servers, as {@link #logout(boolean)} does for all; the rest goes on.
     *
     * @param resourceServers ones without tokens are passed over
     * @throws io.github.evergrant.error.TemporarilyUnavailable {@code renewal_blocked} when a renewal under way does not
     *     end in time; then nothing was changed
     */
    public List<String> logout(Set<String> resourceServers, boolean keepAtProvider) {
        return ending(keepAtProvider, revoke -> renewal.drop(resourceServers, revoke, patience()));
    }

    private List<String> ending(
            boolean keepAtProvider, Consumer<BiConsumer<Map<String, @Nullable Object>, List<TokenData>>> end) {
        BiConsumer<Map<String, @Nullable Object>, List<TokenData>> revoke = (known, tokens) -> {
            if (!keepAtProvider) {
                revoking.revokeAll(SessionFacts.fromJson(known), tokens);
            }
        };
        revoking.start();
        try {
            end.accept(revoke);
        } finally {
            authorizers.values().forEach(SessionAuthorizer::letGo);
        }
        if (!records.isPresent()) {
            door.forget(name);
        }
        return revoking.failures();
    }

    Duration patience() {
        return door.settings().patience();
    }

    private SessionAuthorizer keeper(String resourceServer) {
        SessionAuthorizer known = authorizers.get(resourceServer);
        return known != null
                ? known
                : authorizers.computeIfAbsent(
                        resourceServer,
                        rs -> new SessionAuthorizer(this, rs, door.settings().clock()));
    }

    private void tell(TokenResponse response) {
        for (Consumer<TokenResponse> listener : listeners) {
            try {
                listener.accept(response);
            } catch (RuntimeException e) {
                LOG.warn(
                        "a listener of session '{}' failed: {}",
                        name,
                        e.getClass().getName());
            }
        }
    }
}
