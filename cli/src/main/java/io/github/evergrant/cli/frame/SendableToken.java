package io.github.evergrant.cli.frame;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.TokenData;

/** A stored token as it goes to a script or a program: the store may have been written by anybody. */
public final class SendableToken {

    private SendableToken() {}

    /**
     * A token that a header can hold.
     *
     * @throws StorageFailure {@code token_malformed} when it, or its type, holds characters that no token has
     */
    public static AccessToken of(TokenData data, String session) {
        AccessToken token = data.access();
        require(isSendable(token.type()), data, session);
        require(isSendable(token.value().reveal()), data, session);
        return token;
    }

    /**
     * A token that a variable can hold.
     *
     * @throws StorageFailure {@code token_malformed} when it holds characters that no token has
     */
    public static String value(TokenData data, String session) {
        String value = data.accessToken().reveal();
        require(isSendable(value), data, session);
        return value;
    }

    /** Whether a text has the characters of a token, and no other (RFC 6749 appendix A.12). */
    public static boolean isSendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void require(boolean sendable, TokenData data, String session) {
        if (!sendable) {
            throw new StorageFailure(Problem.of(
                            "token_malformed",
                            "the stored token of session '" + session + "' for '" + data.resourceServer()
                                    + "' holds characters that no token has")
                    .withAdvice("log in again")
                    .withSession(session));
        }
    }
}
