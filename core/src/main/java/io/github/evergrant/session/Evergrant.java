package io.github.evergrant.session;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Admission;
import io.github.evergrant.renewal.Flights;
import io.github.evergrant.renewal.Moving;
import io.github.evergrant.renewal.Renaming;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The door: the sessions of one storage, and the way to the network.
 *
 * <p>Safe for many threads. Open one per program and close it at the end: closing waits for renewals under way, twenty
 * seconds at most, so that no answer is lost. A shutdown hook does the same for a program that is ended by a signal.
 */
public final class Evergrant implements AutoCloseable {

    /** How long an exchange and its save may take, and therefore how long the door waits for them. */
    private static final Duration EXCHANGE = Duration.ofSeconds(20);

    private final TokenStorage given;

    /** The one given without its validators: a session that they would hold back must still be renewed, mended, ended. */
    private final TokenStorage storage;

    private final HttpSender http;
    private final EvergrantSettings settings;
    private final Flights flights = new Flights();
    private final Thread hook = new Thread(() -> flights.close(EXCHANGE), "evergrant-exit");

    private Evergrant(TokenStorage storage, HttpSender http, EvergrantSettings settings) {
        this.given = Objects.requireNonNull(storage, "storage");
        this.storage = storage.unvalidated();
        this.http = Objects.requireNonNull(http, "http");
        this.settings = Objects.requireNonNull(settings, "settings");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Opens a storage by its address, with the usual settings.
     *
     * @param address {@code json:PATH}, {@code json1:PATH}, {@code memory:} or the scheme of a storage on the class path
     * @throws io.github.evergrant.error.InvalidInput when there is no such kind of storage
     * @throws io.github.evergrant.error.StorageFailure when it cannot be used
     */
    public static Evergrant open(String address) {
        return open(address, EvergrantSettings.defaults());
    }

    /** Opens a storage by its address. */
    public static Evergrant open(String address, EvergrantSettings settings) {
        return open(TokenStorages.open(address), settings);
    }

    /** Opens a storage of one's own; it is closed with the door. */
    public static Evergrant open(TokenStorage storage, EvergrantSettings settings) {
        return new Evergrant(storage, new JdkHttpSender(settings.http(), settings.clock()), settings);
    }

    /** Opens a storage of one's own and another way to the network; both are closed with the door, if they can be. */
    public static Evergrant open(TokenStorage storage, HttpSender http, EvergrantSettings settings) {
        return new Evergrant(storage, http, settings);
    }

    /** The names of all sessions. */
    public List<String> sessions() {
        return storage.namespaces();
    }

    /**
     * A session by name.
     *
     * @throws LoginRequired {@code unknown_session} when there is none, {@code moved} when it has another name now
     */
    public Session session(String name) {
        SessionRecords records = new SessionRecords(storage, name);
        Standing standing = records.standing(settings.clock().instant()).orElseThrow(() -> missing(name, records));
        return new Session(name, standing, records, this);
    }

    /**
     * A session as it was found among all.
     *
     * @param standing what it was then
     */
    public record Listed(Session session, Standing standing) {}

    /**
     * Hands out every session's name, with a way to what it is now, which throws what {@link #session} does. For whoever
     * wants all: where the storage can be read only as a whole, it is read once.
     */
    public void forEachSession(BiConsumer<String, Supplier<Listed>> visitor) {
        storage.forEach((name, stored) -> visitor.accept(name, () -> {
            SessionRecords records = new SessionRecords(storage, name);
            Standing standing = records.standing(stored.get(), settings.clock().instant())
                    .orElseThrow(() -> missing(name, records));
            return new Listed(new Session(name, standing, records, this), standing);
        }));
    }

    /**
     * Keeps a login as a session.
     *
     * <p>It supersedes what the session held before. A login with the same client adds to what the session has for
     * other resource servers.
     *
     * @param replace whether another account's session, or another provider's, may be replaced
     * @throws io.github.evergrant.error.LoginFailed {@code other_account} when it may not, or what the storage's validators
     *     say; then nothing is changed
     */
    public Session keep(String name, LoginResult login, boolean replace) {
        Instant now = settings.clock().instant();
        new SessionRecords(storage, name).keepLogin(NewLogin.withIdentity(login), before -> {
            Admission.Admitted admitted = NewLogin.admit(name, before, login, replace, now);
            NewLogin.judge(given.validator(), name, before, login, admitted.keep());
            return admitted;
        });
        return session(name);
    }

    /**
     * Revokes the tokens of a login that was not kept, so that nothing is left alive of it.
     *
     * @return what could not be revoked, in words; empty when all was
     */
    public List<String> discard(LoginResult login) {
        Revoking revoking = new Revoking(http);
        SessionFacts facts = SessionFacts.of(login, null, settings.clock().instant());
        revoking.revokeAll(
                Optional.of(facts), login.response().byResourceServer().values());
        return revoking.failures();
    }

    /**
     * Says which client the tokens of a session belong to that another program wrote: no format does. From then on they
     * can be renewed and revoked. A session that knows already stays as it is.
     *
     * @param kind how successors are fetched
     * @throws LoginRequired {@code unknown_session} when there is none
     * @throws InvalidInput {@code other_client} when the session is another client's, or with another provider
     */
    public Session adopt(String name, ProviderData provider, Client client, LoginResult.Kind kind) {
        Map<String, TokenData> stored = new LinkedHashMap<>();
        Standing standing = session(name).standing();
        standing.records().forEach((rs, entry) -> stored.put(rs, entry.data()));
        Scopes scopes = stored.values().stream().map(TokenData::scopes).reduce(Scopes.NONE, Scopes::plus);
        Account account = new Account(null, standing.identity().orElse(null));
        TokenResponse response =
                new TokenResponse(stored, null, settings.clock().instant(), Map.of(), List.of());
        return fill(name, new LoginResult(provider, client, account, response, kind, scopes));
    }

    /**
     * Keeps a login's facts, and its tokens where the session has none.
     *
     * @throws InvalidInput {@code other_client} when the session is another client's, or with another provider: its tokens
     *     must not go where these are renewed, nor these there
     */
    Session fill(String name, LoginResult login) {
        Instant now = settings.clock().instant();
        new SessionRecords(storage, name).keepLogin(login.response(), before -> {
            Optional<SessionFacts> known = before.flatMap(standing -> SessionFacts.fromJson(standing.facts()));
            SessionFacts ours = SessionFacts.of(login, null, now);
            if (known.isPresent() && !known.get().renewsLike(ours)) {
                throw new InvalidInput(
                        Problem.of("other_client", "session '" + name + "' belongs to another client or provider")
                                .withAdvice("keep these tokens under another name")
                                .withSession(name));
            }
            return new Admission.Admitted(known.orElse(ours).toJson(), Admission.Keep.ALL);
        });
        return session(name);
    }

    /**
     * Gives a session another name. Waits for a renewal under way.
     *
     * @throws io.github.evergrant.error.InvalidInput {@code session_exists} when the new name is taken
     */
    public void rename(String from, String to) {
        session(from);
        new Renaming(storage, settings.patience())
                .rename(from, to, settings.clock().instant());
    }

    /**
     * Takes a session to another storage, which is not closed by this. Here, only where it went is kept: two owners of one
     * refresh token that is used once would end it.
     *
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name
     */
    public void move(String name, TokenStorage target) {
        new Moving(storage, target.unvalidated(), settings.patience())
                .move(name, settings.clock().instant());
    }

    /**
     * Ends a session, as {@link Session#logout} does; also one whose end was cut short or whose journal is
     * damaged; what only the journal knew is then not revoked.
     *
     * @return what could not be revoked, in words
     * @throws LoginRequired {@code unknown_session} when there is none
     */
    public List<String> logout(String name, boolean keepAtProvider) {
        SessionRecords records = new SessionRecords(storage, name);
        Standing none = new Standing(Map.of(), Map.of(), Map.of(), null, null, null, null);
        boolean half = isUnusable(records) && storage.namespaces().contains(name);
        Session session = half ? new Session(name, none, records, this) : session(name);
        return session.logout(keepAtProvider);
    }

    /** Whether nothing but its end can be had of a session: it was begun, or the journal is damaged. */
    private static boolean isUnusable(SessionRecords records) {
        try {
            return records.isEnded();
        } catch (StorageFailure e) {
            if (e.code().equals("journal_corrupt")) {
                return true;
            }
            throw e;
        }
    }

    /** Where the sessions are kept. */
    public TokenStorage storage() {
        return given;
    }

    TokenStorage unvalidated() {
        return storage;
    }

    /** The way to the network. */
    public HttpSender http() {
        return http;
    }

    public EvergrantSettings settings() {
        return settings;
    }

    Flights flights() {
        return flights;
    }

    /** Waits for what is under way, then closes the storage and the way to the network. */
    @Override
    public void close() {
        flights.close(EXCHANGE);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook is running already, and waits for the same.
            flights.close(Duration.ZERO);
        }
        try {
            given.close();
        } finally {
            if (http instanceof JdkHttpSender ours) {
                ours.close();
            }
        }
    }

    private EvergrantException missing(String name, SessionRecords records) {
        Optional<String> moved = records.movedTo();
        if (moved.isEmpty() && !records.isEnded() && storage.namespaces().contains(name)) {
            return new StorageFailure(Problem.of(
                            "token_malformed",
                            "no entry of session '" + name + "' in " + storage.address() + " can be read")
                    .withAdvice("mend the entries, or log in again: only they are replaced")
                    .withSession(name));
        }
        return unknown(name, moved);
    }

    private static LoginRequired unknown(String name, Optional<String> moved) {
        return moved.map(to -> new LoginRequired(Problem.of("moved", "session '" + name + "' is now '" + to + "'")
                        .withAdvice("use '" + to + "'")
                        .withSession(name)))
                .orElseGet(() -> new LoginRequired(Problem.of("unknown_session", "there is no session '" + name + "'")
                        .withAdvice("log in")
                        .withSession(name)));
    }
}
