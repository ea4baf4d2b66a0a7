package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.token.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Somebody with an account at a tenant: the clients service asks for the password in each request.
 *
 * <p>Its text form shows neither password nor anything made of it.
 *
 * @param username as the tenant knows them
 * @param password goes with it; one that holds a colon is refused by the servers, which split at each
 */
public record AgaveUser(String username, Secret password) {

    /** @throws InvalidInput {@code username_needed} or {@code password_needed} when one of them is empty */
    public AgaveUser {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        if (username.isEmpty()) {
            throw new InvalidInput(Problem.of("username_needed", "the username is empty"));
        }
        if (password.reveal().isEmpty()) {
            throw new InvalidInput(Problem.of("password_needed", "the password is empty"));
        }
    }

    /** As the servers have always been sent them, in ISO-8859-1; in UTF-8 where that cannot be. */
    HttpCall signing(HttpCall call) {
        String pair = username + ":" + password.reveal();
        Charset charset = StandardCharsets.ISO_8859_1.newEncoder().canEncode(pair)
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8;
        return call.withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(charset)));
    }
}
