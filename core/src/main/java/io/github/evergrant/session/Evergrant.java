package io.github.evergrant.session;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.Issuers;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Copying;
import io.github.evergrant.renewal.Finding;
import io.github.evergrant.renewal.Flights;
import io.github.evergrant.renewal.Inspection;
import io.github.evergrant.renewal.Moving;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final Adopted adopted;
    private final Keeping keeping;
    private final Flights flights = new Flights();
    private final Issuers issuers;
    private final Thread hook = new Thread(() -> flights.close(EXCHANGE), "evergrant-exit");

    private Evergrant(TokenStorage storage, HttpSender http, EvergrantSettings settings) {
        this.given = Objects.requireNonNull(storage, "storage");
        this.storage = storage.unvalidated();
        this.http = Objects.requireNonNull(http, "http");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.issuers = new Issuers(settings.leeway());
        this.adopted = new Adopted(this.storage, settings.patience());
        this.keeping = new Keeping(this);
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

    /** The names of all sessions; what went to another storage is none any more. */
    public List<String> sessions() {
        return storage.namespaces().stream().filter(name -> !isElsewhere(name)).toList();
    }

    private boolean isElsewhere(String name) {
        return new SessionRecords(storage, name).isElsewhere();
    }

    /**
     * A session by name.
     *
     * @throws LoginRequired {@code unknown_session} when there is none, {@code moved} when it has another name now
     */
    public Session session(String name) {
        SessionRecords records = new SessionRecords(storage, name);
        if (adopted.hasLeft(name, records)) {
            throw adopted.gone(name);
        }
        Optional<Standing> standing = records.standing(settings.clock().instant());
        if (standing.isEmpty() && adopted.hasCome(name, records)) {
            // A move to us was cut short after its last step but this one.
            adopted.forget(name);
            return session(name);
        }
        return new Session(name, standing.orElseThrow(() -> Missing.of(storage, name)), records, this);
    }

    /**
     * Hands out every session's name, with a way to what it is now, which throws what {@link #session} does. For whoever
     * wants all: where the storage can be read only as a whole, it is read once.
     */
    public void forEachSession(BiConsumer<String, Supplier<Listed>> visitor) {
        storage.forEach((name, stored) -> {
            if (!isElsewhere(name)) {
                visitor.accept(name, () -> Listed.of(this, name, adopted.has(name), stored));
            }
        });
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
        // Where nothing is left of it where it was kept, what we obtain ourselves we keep ourselves.
        adopted.forgetIfOver(name);
        return keeping.keep(name, login, replace);
    }

    /**
     * As {@link #keep}; when that fails, the login is revoked at the provider: for one that was made a moment ago, and whose
     * tokens nobody else has. One that became durable before something failed stays alive.
     */
    public Session keepOrDiscard(String name, LoginResult login, boolean replace) {
        return keeping.orDiscard(name, login, () -> keep(name, login, replace));
    }

    /**
     * As {@link #discard}, unless a session has any of the login's tokens.
     *
     * @param name as which it was to be kept
     */
    public List<String> discardUnlessKept(String name, LoginResult login) {
        return keeping.discardUnlessKept(name, login);
    }

    /**
     * Revokes the tokens of a login that was not kept, so that nothing is left alive of it.
     *
     * @return what could not be revoked, in words; empty when all was
     */
    public List<String> discard(LoginResult login) {
        return keeping.discard(login);
    }

    /**
     * Keeps a login's facts, and its tokens where the session has none.
     *
     * @throws InvalidInput {@code other_client} when the session is another client's, or with another provider: its tokens
     *     must not go where these are renewed, nor these there
     */
    Session fill(String name, LoginResult login) {
        return keeping.fill(name, login);
    }

    /**
     * Gives a session another name. Waits for a renewal under way; one that was adopted has another name only here.
     *
     * @throws io.github.evergrant.error.InvalidInput {@code session_exists} when the new name is taken
     */
    public void rename(String from, String to) {
        session(from);
        adopted.rename(from, to, settings.clock().instant());
    }

    /**
     * Takes a session to another storage, with its configuration; that storage is not closed by this. Here it is marked as
     * moved: what is stored of it stays, and is never handed out, renewed or listed. One that was cut short is finished by
     * doing it again, or sent elsewhere. An adopted one stays with the program that keeps it, too.
     *
     * @return its name there, and whether that program has the same refresh tokens now
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name, {@code
     *     rotating_adopted} when it is adopted and the provider was seen to rotate its refresh token
     * @throws LoginRequired when there is no such session, {@code moved} when it has gone elsewhere
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public Moving.Arrived move(String name, TokenStorage target) {
        Moving.Arrived arrived = new Moving(storage, target.unvalidated(), settings.patience())
                .move(name, settings.clock().instant());
        if (target.address().equals(storage.address())) {
            adopted.forget(name);
        }
        return arrived;
    }

    /**
     * Copies a session to another storage, with its configuration; that storage is not closed by this. Here nothing is
     * changed.
     *
     * @return whether both have the same refresh tokens now: they go on together only as long as the provider does not
     *     rotate them
     * @throws InvalidInput {@code session_exists} when the other storage has a session of this name, {@code
     *     rotating_session} when the provider was seen to rotate its refresh token: then it can only be moved
     * @throws LoginRequired when there is no such session, {@code moved} when it has gone elsewhere
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time, {@code in_doubt} when
     *     the last one was cut short
     */
    public boolean copy(String name, TokenStorage target) {
        return new Copying(storage, target.unvalidated(), settings.patience())
                .copy(name, name, Standing::facts, settings.clock().instant());
    }

    /**
     * Copies a session of another storage to this one; that storage is not closed by this, and nothing in it is changed.
     *
     * @param namespace its name there
     * @param name its name here
     * @param origin what is known of its tokens, or null when no more is known than that storage says
     * @return as of {@link #copy}
     * @throws EvergrantException as {@link #copy} and {@link #adopt}
     */
    public boolean copyFrom(TokenStorage source, String namespace, String name, @Nullable Origin origin) {
        Instant now = settings.clock().instant();
        adopted.requireOurs(name);
        return new Copying(source.unvalidated(), storage, settings.patience())
                .copy(
                        namespace,
                        name,
                        standing -> origin == null ? standing.facts() : origin.describe(namespace, standing, now),
                        now);
    }

    /**
     * Makes a session of another storage known here by a name, where this door's storage joins others; it stays where it
     * is. Adopting it again, with more that is known of it, is allowed.
     *
     * @param source the storage that keeps it, which is not closed by this
     * @param namespace its name there
     * @param name its name here
     * @param origin what is known of its tokens, or null when nothing is: then it can be used as long as they live
     * @throws InvalidInput {@code session_exists} when there is another session of that name here, {@code other_client} as
     *     {@link #adopt}
     * @throws LoginRequired when there is no such session there
     */
    public Session adoptFrom(TokenStorage source, String namespace, String name, @Nullable Origin origin) {
        adopted.adopt(
                source.unvalidated(), namespace, name, origin, settings.clock().instant());
        return session(name);
    }

    /**
     * Forgets an adopted session, which stays as it is in the storage that keeps it.
     *
     * @return why what was still to be saved there could not be, if so
     * @throws LoginRequired {@code unknown_session} when none of that name was adopted
     * @throws io.github.evergrant.error.TemporarilyUnavailable when a renewal does not end in time
     */
    public Optional<EvergrantException> release(String name) {
        return adopted.release(name);
    }

    /** Forgets where a session was kept that has ended. */
    void forget(String name) {
        adopted.forget(name);
    }

    /**
     * Says which client the tokens of a session belong to that another program wrote: no format does. From then on they are
     * renewed where they are stored, and can be revoked; nothing that the program wrote is changed by this. A session that
     * knows already stays as it is, unless only an adoption said so and nothing was renewed since.
     *
     * @throws InvalidInput {@code other_client} when the session is known to be another client's, or with another provider:
     *     its tokens must not go where these are renewed, nor these there
     * @throws LoginRequired when there is no such session
     */
    public Session adopt(String name, Origin origin) {
        Instant now = settings.clock().instant();
        new SessionRecords(storage, name).describe(standing -> origin.describe(name, standing, now), now);
        return session(name);
    }

    /**
     * As {@link #adopt(String, Origin)}, of an account that only the tokens themselves may name.
     *
     * @param kind how successors are fetched
     */
    public Session adopt(String name, ProviderData provider, Client client, LoginResult.Kind kind) {
        return adopt(name, new Origin(provider, client, Account.UNKNOWN, kind));
    }

    /**
     * Ends a session, as {@link Session#logout} does; also one whose end was cut short, whose journal is damaged, or of
     * which no stored entry can be read; what cannot be read is then not revoked. Of one that went to another storage what
     * is kept here goes.
     *
     * @return what could not be revoked, in words
     * @throws LoginRequired {@code unknown_session} when there is none, {@code moved} when it is in another storage and its
     *     tokens are to be revoked
     */
    public List<String> logout(String name, boolean keepAtProvider) {
        SessionRecords records = new SessionRecords(storage, name);
        Session session = (keepAtProvider || !records.isElsewhere()) && Missing.isUnusable(storage, name, records)
                ? new Session(name, Standing.NONE, records, this)
                : session(name);
        return session.logout(keepAtProvider);
    }

    /**
     * A session's tokens as other programs read them: those that are the newest now, whether or not they can be renewed.
     *
     * @param evenRotating whether refresh tokens are given away that the provider was seen to rotate, or is known to:
     *     whoever uses one then ends the session of the other
     * @throws LoginRequired when there is no such session, {@code moved} when it has gone elsewhere
     */
    public Exported export(String name, Exported.Format format, boolean evenRotating) {
        Session session = session(name);
        String first = session.facts().map(SessionFacts::resourceServer).orElse(null);
        return new Exporting(name, first, settings.clock().instant()).write(session.standing(), format, evenRotating);
    }

    /**
     * Looks at all that is kept: whether it can be read, is private, and agrees with the journals; whether anything was cut
     * short; whether adopted sessions can be reached. Asks nobody and changes nothing.
     *
     * @return what is not as it should be, with stable codes; empty when all is well
     */
    public List<Finding> verify() {
        List<Finding> found = new ArrayList<>();
        storage.faults().forEach(fault -> found.add(new Finding(fault.problem(), null)));
        found.addAll(Inspection.of(storage, settings.clock().instant()));
        adopted.problems().forEach(problem -> found.add(new Finding(problem, null)));
        return List.copyOf(found);
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

    /** What a login needs of it: all that are made with this door's know of one another which keys a server signs with. */
    public Wire wire() {
        return new Wire(http, settings.clock(), issuers);
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
            http.close();
        }
    }
}
