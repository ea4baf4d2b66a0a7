package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.time.Instant;
import java.util.Optional;

/**
 * By OAuth, with any provider.
 *
 * @param began before anybody looked whether the login is needed
 */
record UsualWay(Provider provider, Instant began) {

    void logIn(Invocation it, LoginOptions options) {
        Method method = options.method();
        Method.Kind decided = method.decide(it, false);
        ProviderData data = options.describe(it, provider);
        method.requireFor(it, data, provider.setUp(data).isPresent());
        Method.Kind kind = method.possible(decided, data);
        if (kind.isOfPerson() && data.endpoints().authorization() == null) {
            throw CliProblem.usage(
                    provider.title() + " has no page to sign in on here: log in by --client-credentials");
        }
        String name = options.name(it, provider, data);
        Optional<SessionFacts> former = options.former(it, name, data);
        Client client = kind.isOfPerson()
                ? options.client().ofPerson(it, provider, data, former)
                : options.client().of(it, provider, data, former, kind == Method.Kind.CLIENT_CREDENTIALS);
        Scopes asked = options.scopes(former, client);
        LoginRequest request = kind.isOfPerson()
                ? method.bound(LoginRequest.ofPerson(provider, data, client, asked))
                : LoginRequest.of(provider, data, client, asked);
        requirePerson(it, kind, data, name);
        Kept kept = logIn(it, method, kind, options.wanted(name, request));
        kept.tell(it);
        if (method.browser().showsRefreshToken()) {
            kept.printRefreshToken(it);
        }
    }

    private Kept logIn(Invocation it, Method method, Method.Kind kind, Wanted wanted) {
        Wire wire = it.door().wire();
        Storing storing = new Storing(it, wanted, kind, wire);
        LoginRequest request = wanted.request();
        return switch (kind) {
            case BROWSER -> new ByPerson(it, method, wanted).together(kind, began);
            case PASTE -> new ByPerson(it, method, wanted).alone(kind);
            case PASSWORD -> throw new AssertionError("only where people log in so");
            case CLIENT_CREDENTIALS -> storing.keep(ClientCredentialsLogin.run(request, wire));
            case REFRESH_TOKEN -> storing.keep(RefreshTokenLogin.run(request, method.refreshToken(it), wire));
            case TOKEN_RESPONSE ->
                storing.keep(TokenReplyLogin.read(
                        request,
                        it.input().text(Method.REPLY_STDIN),
                        it.outside().clock()));
        };
    }

    /** A browser that was named can be in front of somebody who has no terminal; nobody pastes without one. */
    private static void requirePerson(Invocation it, Method.Kind kind, ProviderData data, String name) {
        boolean missing =
                (kind == Method.Kind.PASTE && !it.mayAsk()) || (kind == Method.Kind.BROWSER && it.mustNotAsk());
        if (missing) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "signing in to " + data.title() + " needs a person at a terminal",
                    name,
                    it.again(name));
        }
    }
}
