package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;

/** A login by a person's name and password (RFC 6749 section 4.3), where a provider still has it. */
public final class PasswordLogin {

    private PasswordLogin() {}

    /**
     * One request, never repeated. Neither name nor password is kept in the result but for the name of the account.
     *
     * @throws InvalidInput {@code username_needed} or {@code password_needed} when one of them is empty
     * @throws ProviderRefused {@code wrong_password} when the provider does not take them, or says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult run(LoginRequest request, String username, Secret password, Wire wire) {
        if (username.isEmpty()) {
            throw new InvalidInput(Problem.of("username_needed", "the username is empty"));
        }
        if (password.reveal().isEmpty()) {
            throw new InvalidInput(Problem.of("password_needed", "the password is empty"));
        }
        Answers answers = new Answers(request.provider(), wire);
        TokenResponse response;
        try {
            response = answers.tokens(
                    OAuthRequests.password(
                            request.provider().endpoints().token(),
                            request.client(),
                            username,
                            password,
                            request.scopes()),
                    request.client().blotting(password));
        } catch (ProviderRefused e) {
            throw e.code().equals("invalid_grant") ? wrong(request.provider().title(), e) : e;
        }
        return Finish.with(request, response, LoginResult.Kind.REFRESH_TOKEN, null, wire)
                .withAccount(new Account(username, null));
    }

    private static ProviderRefused wrong(String title, ProviderRefused e) {
        return new ProviderRefused(
                Problem.of("wrong_password", title + " does not take this username with this password")
                        .withAdvice("check both")
                        .withProviderCode(e.providerCode().orElse(e.code()))
                        .withCause(e));
    }
}
