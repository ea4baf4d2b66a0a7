package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.ExtensionGrant;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasswordLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.token.TokenResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logins with Agave: by password, for oneself or, as an administrator, for another (docs/protocols/agave.md section 3.7). */
public final class AgaveLogin {

    private AgaveLogin() {}

    /**
     * One request, never repeated. A tenant knows people by their usernames: that is the identity.
     *
     * @throws InvalidInput {@code client_needed} when the request's client has no secret; nothing was sent
     * @throws ProviderRefused {@code wrong_password}; {@code invalid_client} when key and secret are not accepted; or when the
     *     tenant says no otherwise
     * @throws TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult password(LoginRequest request, AgaveUser user, Wire wire) {
        requireClient(request);
        return PasswordLogin.run(request, user.username(), user.password(), wire)
                .withAccount(new Account(user.username(), user.username()));
    }

    /**
     * The same for another user's token.
     *
     * @param administrator who asks
     * @param meant whose token is wanted
     * @throws ProviderRefused {@code invalid_grant} when the password is wrong, the other user unknown, or this one no
     *     administrator: the tenant does not say which
     */
    public static LoginResult impersonate(LoginRequest request, AgaveUser administrator, String meant, Wire wire) {
        requireClient(request);
        if (meant.isEmpty()) {
            throw new InvalidInput(Problem.of("username_needed", "whose token is wanted, is not said"));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("username", administrator.username());
        form.put("password", administrator.password().reveal());
        form.put("scope", request.scopes().text());
        form.put("token_username", meant);
        TokenResponse response = ExtensionGrant.ask(
                        request.provider(), request.client(), "admin_password", form, wire, administrator.password())
                .orElseThrow(() -> new TemporarilyUnavailable(
                        Problem.of("reply_unreadable", "the answer of the tenant holds no token")
                                .withAdvice("try again"),
                        null));
        return new LoginResult(
                request.provider(),
                request.client(),
                new Account(meant, meant),
                response,
                LoginResult.Kind.REFRESH_TOKEN,
                request.scopes());
    }

    private static void requireClient(LoginRequest request) {
        if (request.client().secret() == null || request.client().id().isEmpty()) {
            throw new InvalidInput(Problem.of("client_needed", "a login with Agave needs a client of one's own")
                    .withAdvice("create a client first"));
        }
    }
}
