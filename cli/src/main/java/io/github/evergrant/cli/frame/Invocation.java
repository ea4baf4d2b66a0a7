package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of the program: the world outside, what was asked for, and what is opened on the way. For one thread. */
public final class Invocation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Outside outside;
    private final Globals globals;
    private final List<String> words;
    private final Voice voice;
    private final StandardInput input;
    private final Stores stores;
    private final Network network;
    private @Nullable Directories directories;
    private @Nullable Evergrant door;
    private final Map<String, Evergrant> others = new HashMap<>();
    private @Nullable Providers providers;
    private @Nullable String concerned;
    private @Nullable SessionOfVariables variables;
    private Scopes needed = Scopes.NONE;

    /** @param words the command line as it was given */
    public Invocation(Outside outside, Globals globals, List<String> words) {
        this.outside = outside;
        this.globals = globals;
        this.words = List.copyOf(words);
        this.voice = new Voice(outside, globals);
        this.input = new StandardInput(outside.in());
        this.stores = new Stores(this, globals);
        this.network = new Network(this, globals);
    }

    /** Lets the session that Agave's variables hold be the one that is meant; before the door is opened. */
    public void takeVariables() {
        variables = SessionOfVariables.meant(this, globals).orElse(null);
    }

    /** Whether a session is the one that variables of the environment hold, which is saved nowhere. */
    public boolean isOfVariables(String session) {
        return ofVariables().filter(each -> each.name().equals(session)).isPresent();
    }

    Optional<SessionOfVariables> ofVariables() {
        return Optional.ofNullable(variables);
    }

    /** Says which session errors are about that do not say so themselves. */
    public void concerns(String session) {
        concerned = session;
    }

    Optional<String> concerned() {
        return Optional.ofNullable(concerned);
    }

    /** Says what a session must have been allowed, should it turn out that it has not. */
    public void needs(Scopes scopes) {
        needed = scopes;
    }

    Scopes needed() {
        return needed;
    }

    /** The command to run after a failure, if there is one. */
    public Optional<String> next(EvergrantException failure) {
        return Optional.ofNullable(new NextCommand(this)
                .after(failure, failure.session().or(this::concerned).orElse(null)));
    }

    /** What to run next, in whatever case. */
    public NextCommand nextCommand() {
        return new NextCommand(this);
    }

    /** This command line, for a session by name. */
    public String again(String session) {
        return new NextCommand(this).again(session);
    }

    public Outside outside() {
        return outside;
    }

    public List<String> words() {
        return words;
    }

    public Voice voice() {
        return voice;
    }

    public StandardInput input() {
        return input;
    }

    public Directories directories() {
        if (directories == null) {
            directories = Directories.of(outside);
        }
        return directories;
    }

    public Instant now() {
        return outside.clock().instant();
    }

    public boolean json() {
        return globals.json;
    }

    public boolean quiet() {
        return globals.quiet;
    }

    public boolean verbose() {
        return globals.verbose;
    }

    /** What {@code --timeout} says, else half a minute. */
    public Duration patience() {
        return patience(PATIENCE);
    }

    /** What {@code --timeout} says, if it was given. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(globals.timeout);
    }

    /** What {@code --timeout} says, else this. */
    public Duration patience(Duration usual) {
        return globals.timeout == null ? usual : globals.timeout;
    }

    /** @throws InvalidInput when a setting of all commands means nothing */
    public void requireSound() {
        globals.requireSound(outside);
    }

    /** Whether a person can be asked and may be. */
    public boolean mayAsk() {
        return !mustNotAsk() && outside.terminal().isThere();
    }

    /** Whether nobody is to be waited for. */
    public boolean mustNotAsk() {
        return globals.noInput || outside.variable("EVERGRANT_PROMPT").equals("never");
    }

    /** Whether what is printed may have colours. */
    public boolean colored() {
        return globals.colored(outside);
    }

    /** Whether another program's file that others may read is refused. */
    public boolean mustBePrivate() {
        return globals.strictPermissions;
    }

    /** A path as a person wrote it. */
    public Path path(String text) {
        return Directories.path(outside, text);
    }

    public Providers providers() {
        if (providers == null) {
            providers = Providers.installed();
        }
        return providers;
    }

    /**
     * The sandbox that {@code EVERGRANT_SANDBOX} names, if it is set.
     *
     * @throws InvalidInput {@code sandbox_not_loopback} when it is not on this machine
     */
    public Optional<URI> sandbox() {
        return network.sandbox();
    }

    /** The address of the store: {@code --store}, else {@code EVERGRANT_STORE}, else the file in the state folder. */
    public String store() {
        return stores.address();
    }

    /** Whether the store is the one in the state folder: there, sessions of other stores are known too. */
    public boolean isUsualStore() {
        return stores.isUsual();
    }

    /** The address of a store as a person wrote it, with its path as this program takes it. */
    public String address(String text) {
        return stores.resolve(text);
    }

    /** Opens another store, which must be closed. */
    public TokenStorage open(String address) {
        return stores.open(address);
    }

    /** The address of the store that keeps a session: the one that is meant, unless it was adopted from another. */
    public String storage(@Nullable String session) {
        if (session == null || door == null) {
            return store();
        }
        return variables == null ? door.storage().keptAt(session).address() : SessionOfVariables.ADDRESS;
    }

    /** The store that is meant, if it is a JSON file. */
    public Optional<JsonTokenStorage> jsonStore() {
        TokenStorage storage = door().storage();
        TokenStorage own = storage instanceof AdoptingTokenStorage joined ? joined.own() : storage;
        return own instanceof JsonTokenStorage json ? Optional.of(json) : Optional.empty();
    }

    /** The only name that a session can have in the store, where there is but one. */
    public Optional<String> onlyName() {
        return jsonStore().filter(JsonTokenStorage::isFormat1).map(store -> JsonTokenStorage.ONLY_NAMESPACE);
    }

    /** Whether a session is another program's, and only known here. */
    public boolean isAdopted(String session) {
        return door().storage() instanceof AdoptingTokenStorage joined && joined.isAdopted(session);
    }

    /** The files of Agave's programs: the store itself, or what stands beside our own. */
    public Optional<AgaveTokenStorage> agaveFiles() {
        TokenStorage storage = door().storage();
        TokenStorage files =
                storage instanceof AdoptingTokenStorage joined ? joined.beside().orElse(storage) : storage;
        return files instanceof AgaveTokenStorage agave ? Optional.of(agave) : Optional.empty();
    }

    /** Whether a session is, or would be, in the files of Agave's programs beside our own store. */
    public boolean isBeside(String session) {
        return door().storage() instanceof AdoptingTokenStorage joined && joined.isBeside(session);
    }

    /** The door to the sessions, opened when first needed. Nothing is renewed that need not be. */
    public Evergrant door() {
        Evergrant open = door;
        if (open == null) {
            SessionOfVariables only = variables;
            open = only == null ? open(stores.open()) : only.opened(this::open, voice);
            door = open;
        }
        return open;
    }

    /** The door to another store, opened when first needed. */
    public Evergrant otherDoor(String address) {
        return others.computeIfAbsent(stores.resolve(address), place -> open(stores.open(place)));
    }

    private Evergrant open(TokenStorage storage) {
        return Evergrant.open(
                storage,
                network.sender(),
                EvergrantSettings.defaults()
                        .withHttp(http())
                        .withClock(outside.clock())
                        .withPatience(patience())
                        .withRefreshAhead(false));
    }

    /**
     * The session that a word of the command names, else as for every command.
     *
     * @throws InvalidInput when {@code -s} names another one
     */
    public String sessionName(@Nullable String word) {
        return new WhichSession(this, globals).name(word);
    }

    /** The session that was named, chosen, or is the only one. */
    public String sessionName() {
        return new WhichSession(this, globals).name();
    }

    /** What {@code -s} says, if it was given. */
    public Optional<String> namedSession() {
        return Optional.ofNullable(globals.session);
    }

    /** What {@code --store} says, if it was given. */
    Optional<String> namedStore() {
        return Optional.ofNullable(globals.store);
    }

    /** Which session of the store was chosen by {@code sessions use}. */
    public ChosenSession chosen() {
        return new ChosenSession(this);
    }

    /** The session that is meant, for whatever needs its tokens. */
    public Session session() {
        return session(sessionName());
    }

    /** Refuses real sessions in a sandbox; what cannot be opened is not refused, since nothing of it can be sent. */
    public void refuseRealOnes(List<String> names) {
        if (sandbox().isEmpty()) {
            return;
        }
        for (String name : names) {
            try {
                session(name);
            } catch (StorageFailure | LoginRequired e) {
                concerns(name);
            }
        }
    }

    /** Ends a session, also one of which nothing else can be had. @return what could not be revoked, in words */
    public List<String> end(String name, boolean keepAtProvider) {
        concerns(name);
        return door().logout(name, keepAtProvider);
    }

    /**
     * A session by name, for whatever needs its tokens.
     *
     * @throws InvalidInput {@code real_session_in_sandbox} when it is no sandbox's and {@code EVERGRANT_SANDBOX} is set
     */
    public Session session(String name) {
        boolean sandboxed = sandbox().isPresent();
        Session session = look(name);
        concerns(name);
        if (session.facts().filter(known -> known.provider().equals("globus")).isPresent()) {
            network.requireSoundForGlobus();
        }
        boolean real = session.facts().map(SessionFacts::base).isEmpty();
        if (sandboxed && real) {
            throw new InvalidInput(Problem.of(
                            "real_session_in_sandbox",
                            "EVERGRANT_SANDBOX is set, and session '" + name
                                    + "' is a real one: its tokens stay away from the sandbox; nothing was sent")
                    .withSession(name));
        }
        return session;
    }

    /**
     * A session by name, to tell of it: none of its tokens may be used.
     *
     * @throws LoginRequired {@code unknown_session} or {@code moved}
     * @throws StorageFailure {@code token_malformed} when the store has it and nothing of it can be read
     */
    public Session look(String name) {
        return door().session(name);
    }

    /** How connections are made. */
    public HttpSettings http() {
        return network.settings();
    }

    /** Waits for what is under way and closes what was opened. */
    @Override
    public void close() {
        Evergrant open = door;
        door = null;
        others.values().forEach(Evergrant::close);
        others.clear();
        if (open != null) {
            open.close();
        }
    }
}
