package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.providers.agave.saved.EnvironmentSession;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The session that Agave's variables hold (docs/protocols/agave.md sections 2.10 and 2.12). As in Python's library it comes
 * before all that is saved, unless a store or another session is named.
 *
 * <p>It is called after the variable that holds its token, and is never written anywhere. Nor is it renewed: a refresh token
 * works once, and the one that comes instead would be lost with this process.
 */
final class SessionOfVariables {

    /** What is said to be the address of its store. */
    static final String ADDRESS = "environment:";

    /** By which client a token is that comes alone; nothing is ever asked with it. */
    private static final String UNKNOWN = "unknown";

    private static final Set<String> NAMES = Set.of(EnvironmentSession.TAPIS_TOKEN, EnvironmentSession.ACTOR_TOKEN);

    private final String name;
    private final EnvironmentSession variables;
    private final SavedSession session;

    private SessionOfVariables(String name, EnvironmentSession variables, SavedSession session) {
        this.name = name;
        this.variables = variables;
        this.session = session;
    }

    /** The session, if the variables hold one and no other is meant. */
    static Optional<SessionOfVariables> meant(Invocation it, Globals globals) {
        // Looked for first: most runs have none of them, and shall not wait for what reads them.
        boolean any =
                NAMES.stream().anyMatch(each -> !it.outside().variable(each).isEmpty());
        String named = globals.session == null ? it.outside().variable("EVERGRANT_SESSION") : globals.session;
        if (!any || globals.store != null || globals.severalSessions() || !(named.isEmpty() || NAMES.contains(named))) {
            return Optional.empty();
        }
        EnvironmentSession found = EnvironmentSession.of(it.outside().environment());
        return found.session()
                .filter(saved -> it.sandbox().isEmpty() || isLocal(saved))
                .map(saved -> new SessionOfVariables(named.isEmpty() ? nameOf(found, it) : named, found, saved));
    }

    /** A sandbox, whose log everybody may read, gets nothing that is meant for others. */
    private static boolean isLocal(SavedSession saved) {
        return saved.provider().map(ProviderData::base).isPresent();
    }

    private static String nameOf(EnvironmentSession found, Invocation it) {
        Secret usual = Secret.of(it.outside().variable(EnvironmentSession.TAPIS_TOKEN));
        return Optional.ofNullable(found.accessToken()).filter(usual::equals).isPresent()
                ? EnvironmentSession.TAPIS_TOKEN
                : EnvironmentSession.ACTOR_TOKEN;
    }

    /** What it is called here. */
    String name() {
        return name;
    }

    /**
     * A door to this session alone, in memory only; what it is, and what cannot be done with it, is said.
     *
     * @throws InvalidInput when its address is none for tokens
     */
    Evergrant opened(Function<TokenStorage, Evergrant> opening, Voice voice) {
        LoginResult login = login();
        Evergrant door = opening.apply(MemoryTokenStorage.create());
        door.keep(name, login, false);
        voice.say(sentence());
        return door;
    }

    private String sentence() {
        String why = variables.kind() == EnvironmentSession.Kind.RENEWABLE
                ? ": its refresh token works once, and its successor would be kept nowhere"
                : "";
        return "Session " + name + " is from the environment: it is not saved, and cannot be renewed here" + why + ".";
    }

    /** The command that makes a saved session of it, or one in its place. */
    String replacing(NextCommand next) {
        boolean renewable = variables.kind() == EnvironmentSession.Kind.RENEWABLE;
        String login = renewable
                ? "printf %s \"$TAPIS_REFRESH_TOKEN\" | " + next.line("login", "agave", "--refresh-token-stdin")
                : next.line("login", "agave");
        return login + " && unset " + name;
    }

    private LoginResult login() {
        TokenData data = new TokenData(
                "agave",
                Optional.ofNullable(variables.accessToken()).orElseThrow(),
                null,
                "Bearer",
                Scopes.NONE,
                Expiry.never(),
                null,
                Map.of());
        return new LoginResult(
                provider(),
                client(),
                new Account(session.username().isEmpty() ? null : session.username(), null),
                TokenResponse.of(Instant.EPOCH, data),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.NONE);
    }

    private Client client() {
        Secret secret = session.clientSecret();
        String key = session.clientKey();
        return secret == null || key.isEmpty()
                ? Client.open(key.isEmpty() ? UNKNOWN : key)
                : Client.confidentialUnencoded(key, secret);
    }

    private ProviderData provider() {
        try {
            Addresses.requireAllowed(new Tenant(session.tenant(), "", session.baseUrl()).base());
            return session.provider().orElseThrow();
        } catch (InvalidInput e) {
            throw unusable(e);
        }
    }

    private InvalidInput unusable(EvergrantException e) {
        return new InvalidInput(Problem.of(e.code(), "the variables of session " + name + ": " + e.getMessage())
                .withAdvice("put the address right: TAPIS_BASE_URL, in an actor's container _abaco_api_server")
                .withSession(name));
    }
}
