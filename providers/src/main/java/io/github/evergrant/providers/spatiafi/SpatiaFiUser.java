package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Somebody with an account.
 *
 * <p>Its text form shows neither password nor anything made of it.
 *
 * @param username without a colon, which ends it in HTTP Basic (RFC 7617 section 2)
 * @param password goes with it; may hold anything
 * @param charset in which both are sent: UTF-8 (RFC 7617 section 2.1), or ISO-8859-1 as the Python programs do it
 */
public record SpatiaFiUser(String username, Secret password, Charset charset) {

    /** Sent in UTF-8. */
    public SpatiaFiUser(String username, Secret password) {
        this(username, password, StandardCharsets.UTF_8);
    }

    /**
     * @throws InvalidInput {@code username_needed} or {@code password_needed} when one of them is empty; {@code bad_username}
     *     when it holds a colon; {@code not_in_charset} when the charset lacks a character of theirs
     */
    public SpatiaFiUser {
        Objects.requireNonNull(charset, "charset");
        if (username.isEmpty()) {
            throw new InvalidInput(Problem.of("username_needed", "the username is empty"));
        }
        if (username.indexOf(':') >= 0) {
            throw new InvalidInput(Problem.of("bad_username", "the username holds a colon"));
        }
        if (password.reveal().isEmpty()) {
            throw new InvalidInput(Problem.of("password_needed", "the password is empty"));
        }
        if (!charset.newEncoder().canEncode(username + password.reveal())) {
            throw new InvalidInput(Problem.of(
                            "not_in_charset",
                            "username or password has a character that cannot be sent in " + charset.name())
                    .withAdvice("send them in UTF-8"));
        }
    }

    /** The value of the header that proves who it is. */
    String basic() {
        byte[] pair = (username + ":" + password.reveal()).getBytes(charset);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
