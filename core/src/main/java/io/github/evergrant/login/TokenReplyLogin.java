package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.IdTokenResult;
import io.github.evergrant.oauth.IdTokens;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.token.TokenResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * A login by a token reply that some other program obtained: RFC 6749 section 5.1, or Globus' with {@code other_tokens}.
 *
 * <p>No request is made. Who logged in is what an id token in it claims, unchecked: whoever gives us the reply gives us the
 * tokens themselves.
 */
public final class TokenReplyLogin {

    private TokenReplyLogin() {}

    /**
     * Takes a reply as it is.
     *
     * @param json the whole reply; its lifetimes count from now
     * @throws InvalidInput {@code token_reply_malformed} when no token can be read from it
     */
    public static LoginResult read(LoginRequest request, String json, InstantSource clock) {
        TokenResponse response = bytes(json) > TokenReplies.MOST_BYTES
                ? null
                : TokenReplies.readText(json, request.rules(), clock.instant()).orElse(null);
        if (response == null) {
            throw new InvalidInput(Problem.of(
                            "token_reply_malformed",
                            "the text is no token reply: no access token could be read from it")
                    .withAdvice("give the whole JSON object that the token endpoint sent"));
        }
        return new LoginResult(
                request.provider(),
                request.client(),
                account(response),
                response,
                LoginResult.Kind.REFRESH_TOKEN,
                request.scopes());
    }

    private static Account account(TokenResponse response) {
        IdTokenResult claimed =
                response.id().map(IdTokens::claimed).orElseGet(() -> new IdTokenResult.Unverified("there is none"));
        return claimed instanceof IdTokenResult.Verified who
                ? new Account(who.username(), who.subject())
                : Account.UNKNOWN;
    }

    private static long bytes(String json) {
        // Every character is at least one byte; the exact count matters only near the limit.
        return json.length() > TokenReplies.MOST_BYTES ? json.length() : json.getBytes(StandardCharsets.UTF_8).length;
    }
}
