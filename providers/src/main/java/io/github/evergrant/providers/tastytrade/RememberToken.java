package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in the place of a password for one login, in the environment that gave it (docs/protocols/tastytrade.md section
 * 4.5).
 *
 * @param environment where it was given, and the only one it is sent to
 * @param value the token itself
 */
public record RememberToken(String environment, Secret value) {

    /** @throws InvalidInput {@code remember_token_needed} when it is blank */
    public RememberToken {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(value, "value");
        if (value.reveal().isBlank()) {
            throw new InvalidInput(Problem.of("remember_token_needed", "the remember token is empty"));
        }
    }

    /** The one that a login by password brought; nothing when none was asked for, or none given. */
    public static Optional<RememberToken> of(LoginResult login) {
        return TastytradeProvider.isPassword(login.provider().endpoints().token())
                ? login.response()
                        .first()
                        .refresh()
                        .map(value -> new RememberToken(login.provider().environment(), value))
                : Optional.empty();
    }

    /** @throws InvalidInput {@code other_environment} when it was given by another one */
    void requireFor(ProviderData data) {
        if (!environment.equals(data.environment())) {
            throw new InvalidInput(Problem.of(
                            "other_environment",
                            "the remember token is of tastytrade's " + environment + " environment, and never goes to "
                                    + data.environment())
                    .withAdvice("log in with the password"));
        }
    }
}
