package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of the program: the world outside, what was asked for, and what is opened on the way. For one thread. */
public final class Invocation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 20;

    private final Outside outside;
    private final Globals globals;
    private final List<String> words;
    private final Voice voice;
    private final StandardInput input;
    private @Nullable Directories directories;
    private @Nullable Evergrant door;
    private @Nullable Providers providers;
    private @Nullable String concerned;
    private Scopes needed = Scopes.NONE;

    /** @param words the command line as it was given */
    public Invocation(Outside outside, Globals globals, List<String> words) {
        this.outside = outside;
        this.globals = globals;
        this.words = List.copyOf(words);
        this.voice = new Voice(outside, globals);
        this.input = new StandardInput(outside.in());
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

    /** This command line, for a session by name. */
    public String again(String session) {
        return new NextCommand(this).again(session);
    }

    /** This command line with another word in the place of one, for a session by name. */
    public String instead(String from, String to, String session) {
        return new NextCommand(this).instead(from, to, session);
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

    /** What {@code --timeout} says, else this. */
    public Duration patience(Duration usual) {
        return globals.timeout == null ? usual : globals.timeout;
    }

    /** @throws InvalidInput when a setting of all commands means nothing */
    public void requireSound() {
        if (!Set.of("", "auto", "never").contains(outside.variable("EVERGRANT_PROMPT"))) {
            throw CliProblem.usage("EVERGRANT_PROMPT is neither auto nor never");
        }
        if (globals.timeout != null && globals.timeout.isZero()) {
            throw CliProblem.usage("--timeout must be longer than nothing");
        }
        namedSession().ifPresent(SessionNames::known);
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
        if (globals.color != Globals.Color.AUTO) {
            return globals.color == Globals.Color.ALWAYS;
        }
        String forced = outside.variable("CLICOLOR_FORCE");
        if (!outside.variable("NO_COLOR").isEmpty()) {
            return false;
        }
        return (!forced.isEmpty() && !forced.equals("0")) || outside.terminal().showsOutput();
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
        String address = outside.variable("EVERGRANT_SANDBOX");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            if (Addresses.isAllowed(uri) && Addresses.isLoopback(uri)) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw notLoopback(e);
        }
        throw notLoopback(null);
    }

    /** The address of the store: {@code --store}, else {@code EVERGRANT_STORE}, else the file in the state folder. */
    public String store() {
        String address = globals.store == null ? outside.variable("EVERGRANT_STORE") : globals.store;
        if (address.isEmpty()) {
            return directories().defaultStore();
        }
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? "" : address.substring(0, colon);
        String rest = address.substring(colon + 1);
        boolean file = scheme.equals("json") || scheme.equals("json1") || scheme.equals("sqlite");
        return file && !rest.isEmpty() ? scheme + ":" + path(rest) : address;
    }

    /** The door to the sessions, opened when first needed. Nothing is renewed that need not be. */
    public Evergrant door() {
        Evergrant open = door;
        if (open == null) {
            open = Evergrant.open(
                    TokenStorages.open(store(), StorageOptions.DEFAULT.withWarnings(voice::warn)),
                    EvergrantSettings.defaults()
                            .withHttp(http())
                            .withClock(outside.clock())
                            .withPatience(patience())
                            .withRefreshAhead(false));
            door = open;
        }
        return open;
    }

    /** The session that was named, chosen, or is the only one. */
    public String sessionName() {
        if (globals.session != null) {
            return SessionNames.known(globals.session);
        }
        String variable = outside.variable("EVERGRANT_SESSION");
        if (!variable.isEmpty()) {
            return SessionNames.known(variable);
        }
        List<String> all = door().sessions();
        Optional<String> chosen = chosen().of(store()).filter(all::contains);
        if (chosen.isPresent()) {
            return chosen.get();
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        if (all.isEmpty()) {
            throw new LoginRequired(Problem.of("no_session", "there is no session yet"));
        }
        int more = all.size() - MOST_NAMES;
        throw new InvalidInput(Problem.of(
                "session_needed",
                "there are several sessions: " + String.join(", ", all.subList(0, Math.min(MOST_NAMES, all.size())))
                        + (more > 0 ? " and " + more + " more" : "")));
    }

    /** What {@code -s} says, if it was given. */
    public Optional<String> namedSession() {
        return Optional.ofNullable(globals.session);
    }

    /** What {@code --store} says, if it was given. */
    Optional<String> namedStore() {
        return Optional.ofNullable(globals.store);
    }

    /** Which sessions were chosen by {@code sessions use}. */
    public ChosenSession chosen() {
        return new ChosenSession(directories());
    }

    /** The session that is meant, for whatever needs its tokens. */
    public Session session() {
        return session(sessionName());
    }

    /** Refuses real sessions in a sandbox; what cannot be opened is not refused, since nothing of it can be sent. */
    public void refuseRealOnes(List<String> names) {
        for (String name : names) {
            try {
                session(name);
            } catch (StorageFailure | LoginRequired e) {
                concerns(name);
            }
        }
    }

    /**
     * Ends a session; also one of which nothing but its end can be had.
     *
     * @return what could not be revoked, in words
     */
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
        HttpSettings settings = HttpSettings.fromEnvironment(outside.environment());
        Path caFile = globals.caFile;
        String variable = outside.variable("SSL_CERT_FILE");
        if (caFile != null) {
            settings = settings.withCaFile(path(caFile.toString()));
        } else if (!variable.isEmpty()) {
            settings = settings.withCaFile(path(variable));
        }
        return settings.withInsecureSkipTlsVerify(globals.insecure);
    }

    /** Waits for what is under way and closes what was opened. */
    @Override
    public void close() {
        Evergrant open = door;
        door = null;
        if (open != null) {
            open.close();
        }
    }

    private static InvalidInput notLoopback(@Nullable Throwable cause) {
        return new InvalidInput(Problem.of(
                        "sandbox_not_loopback",
                        "EVERGRANT_SANDBOX must be an address on this machine, such as http://127.0.0.1:8765")
                .withCause(cause));
    }
}
