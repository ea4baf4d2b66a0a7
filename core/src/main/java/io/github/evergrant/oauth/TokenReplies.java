package io.github.evergrant.oauth;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a token endpoint said, tolerantly.
 *
 * <p>After a rotation a reply holds the only live refresh token. So whatever carries an access token is
 * {@link TokenReply.Granted}, whatever else is odd about it; what was mended stands in
 * {@link TokenResponse#oddities()}. Never throws for what a server sent.
 */
public final class TokenReplies {

    /** The most bytes a token reply may have. */
    public static final long MOST_BYTES = 1 << 20;

    private TokenReplies() {}

    /**
     * Reads a reply of any status.
     *
     * @param rules what holds where the reply says nothing
     * @param sent the secrets of the request: a refusal that quotes them loses them
     */
    public static TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent) {
        Optional<HostileJson.Document> document = parsed(reply);
        ErrorWords error =
                document.map(it -> ErrorWords.in(it.value(), List.of(sent))).orElse(ErrorWords.NONE);
        if (document.isPresent() && (reply.ok() || error.code().isEmpty())) {
            TokenObjects.Found found = TokenObjects.in(document.get(), rules, reply.sentAt());
            if (found.response().isPresent()) {
                return new TokenReply.Granted(found.response().get());
            }
            if (reply.ok() && error.code().isEmpty()) {
                return new TokenReply.Unreadable(reply.status(), found.whyNone());
            }
        }
        if (reply.isTemporary() || error.code().equals("temporarily_unavailable")) {
            return new TokenReply.Unavailable(
                    reply.status(),
                    error.code().isEmpty() ? "status " + reply.status() : error.code(),
                    RetryAfter.of(reply).orElse(null));
        }
        if (reply.ok() && document.isEmpty()) {
            return new TokenReply.Unreadable(
                    reply.status(), reply.body().length == 0 ? "it is empty" : "it is not JSON, or not all of it");
        }
        String code = error.code().isEmpty() ? "http_" + reply.status() : error.code();
        return new TokenReply.Refused(reply.status(), code, error.description());
    }

    /**
     * Reads the text of a successful reply that came some other way than over the wire.
     *
     * @param sentAt what lifetimes count from
     * @return empty when it is no JSON or holds no access token
     */
    public static Optional<TokenResponse> readText(String json, ReplyRules rules, Instant sentAt) {
        try {
            return TokenObjects.in(HostileJson.read(json), rules, sentAt).response();
        } catch (HostileJson.Malformed e) {
            return Optional.empty();
        }
    }

    /** Whatever the content type says: servers send tokens as text/html too. */
    private static Optional<HostileJson.Document> parsed(HttpReply reply) {
        try {
            return reply.body().length > MOST_BYTES ? Optional.empty() : Optional.of(HostileJson.read(reply.text()));
        } catch (HostileJson.Malformed e) {
            return Optional.empty();
        }
    }
}
