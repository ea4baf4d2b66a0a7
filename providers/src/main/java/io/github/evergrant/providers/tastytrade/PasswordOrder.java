package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A login by password, or by the remember token that stands in its place. With both, only the password is sent.
 *
 * @param login the username, or the e-mail address
 * @param password or null; unlike the Python library's an empty one is refused at once, since the service counts failed logins
 * @param rememberToken or null
 * @param rememberMe whether a remember token is wanted: without one, the session ends with its token
 * @param oneTimeCode of the second factor, or null; white space in it does not count
 */
public record PasswordOrder(
        String login,
        @Nullable Secret password,
        @Nullable RememberToken rememberToken,
        boolean rememberMe,
        @Nullable String oneTimeCode) {

    /** @throws InvalidInput {@code username_needed} or {@code password_needed} when something is missing */
    public PasswordOrder {
        Objects.requireNonNull(login, "login");
        if (login.isBlank()) {
            throw new InvalidInput(Problem.of("username_needed", "the username is empty"));
        }
        if (password == null && rememberToken == null) {
            throw new InvalidInput(
                    Problem.of("password_needed", "You must provide a password or remember token to log in."));
        }
        if (password != null && password.reveal().isEmpty()) {
            throw new InvalidInput(Problem.of("password_needed", "the password is empty"));
        }
    }

    /** By password, for a session that goes on by remember tokens. */
    public static PasswordOrder of(String login, Secret password) {
        return new PasswordOrder(login, password, null, true, null);
    }

    /** By a remember token, which this spends, for a session that goes on by its successor. */
    public static PasswordOrder of(String login, RememberToken rememberToken) {
        return new PasswordOrder(login, null, rememberToken, true, null);
    }

    public PasswordOrder withRememberMe(boolean wanted) {
        return new PasswordOrder(login, password, rememberToken, wanted, oneTimeCode);
    }

    public PasswordOrder withOneTimeCode(@Nullable String code) {
        return new PasswordOrder(login, password, rememberToken, rememberMe, code);
    }

    /** What of it no message may hold. */
    Secret[] secrets() {
        Secret sent = password == null ? Objects.requireNonNull(rememberToken).value() : password;
        return new Secret[] {sent};
    }
}
