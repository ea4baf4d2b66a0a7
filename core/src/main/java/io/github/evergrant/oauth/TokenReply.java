package io.github.evergrant.oauth;

import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a token endpoint said. */
public sealed interface TokenReply {

    /** Tokens. */
    record Granted(TokenResponse response) implements TokenReply {}

    /**
     * No (RFC 6749 section 5.2).
     *
     * @param status the HTTP status
     * @param error the error code, or {@code http_<status>} when the reply had none; {@code interaction_required} (OIDC Core
     *     section 3.1.2.6) says that only a login goes on
     * @param description the server's words, cleaned of control characters and cut at 300, or empty
     */
    record Refused(int status, String error, String description) implements TokenReply {}

    /**
     * Not now: 408, 429, 5xx, or {@code temporarily_unavailable}.
     *
     * @param retryAt from {@code Retry-After}, seconds or date, or null
     */
    record Unavailable(int status, String why, @Nullable Instant retryAt) implements TokenReply {}

    /** A success that cannot be read as tokens: garbage, half a document, HTML. The server may have acted. */
    record Unreadable(int status, String why) implements TokenReply {}
}
