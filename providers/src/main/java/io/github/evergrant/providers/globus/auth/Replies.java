package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.TokenReply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies of Globus Auth's API: an object, or an error of ours. */
final class Replies {

    private static final ReplyRules RULES = new ReplyRules("auth.globus.org", null);

    private Replies() {}

    /**
     * @throws ProviderRefused {@code api_refused} with the server's words
     * @throws TemporarilyUnavailable {@code api_unavailable} or {@code reply_unreadable}
     */
    static Map<String, @Nullable Object> object(HttpReply reply) {
        if (!reply.ok()) {
            throw failure(reply);
        }
        try {
            if (HostileJson.read(reply.text()).value() instanceof Map<?, ?> map) {
                return HostileJson.asObject(map);
            }
        } catch (HostileJson.Malformed e) {
            throw unreadable("it is not JSON");
        }
        throw unreadable("it is no JSON object");
    }

    static List<?> list(Map<String, @Nullable Object> object, String name) {
        if (object.get(name) instanceof List<?> list) {
            return list;
        }
        throw unreadable("it has no " + name);
    }

    static TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the reply of Globus Auth cannot be read: " + why)
                        .withAdvice("try again"),
                null);
    }

    static String clean(@Nullable Object value) {
        return value instanceof String text ? Cleaned.text(text) : "";
    }

    static @Nullable String cleanOrNull(@Nullable Object value) {
        String text = clean(value);
        return text.isEmpty() ? null : text;
    }

    private static RuntimeException failure(HttpReply reply) {
        // A refusal has the shapes that a token endpoint's has.
        TokenReply read = TokenReplies.read(reply, RULES);
        if (read instanceof TokenReply.Unavailable unavailable) {
            return new TemporarilyUnavailable(
                    Problem.of("api_unavailable", "Globus Auth does not work at the moment: " + unavailable.why())
                            .withAdvice("try again later"),
                    unavailable.retryAt());
        }
        String words = read instanceof TokenReply.Refused refused
                ? refused.error() + (refused.description().isEmpty() ? "" : ": " + refused.description())
                : "status " + reply.status();
        return new ProviderRefused(Problem.of("api_refused", "Globus Auth said no: " + words));
    }
}
