package io.github.evergrant.cli.token;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.TokenData;

/** A stored token as it goes to a script: the store may have been written by anybody. */
final class SendableToken {

    private SendableToken() {}

    /** @throws StorageFailure {@code token_malformed} when it holds characters that no token has (RFC 6749 appendix A) */
    static AccessToken of(TokenData data, String session) {
        AccessToken token = data.access();
        if (!isVisible(token.value().reveal()) || !isVisible(token.type())) {
            throw new StorageFailure(Problem.of(
                            "token_malformed",
                            "the stored token of session '" + session + "' for '" + token.resourceServer()
                                    + "' holds characters that no token has")
                    .withAdvice("log in again")
                    .withSession(session));
        }
        return token;
    }

    static String header(AccessToken token) {
        return token.header();
    }

    private static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
