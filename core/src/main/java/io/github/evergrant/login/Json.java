package io.github.evergrant.login;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.HostileJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies that must be JSON objects. */
final class Json {

    private Json() {}

    static Map<String, @Nullable Object> object(Answers answers, HttpReply reply) {
        try {
            if (HostileJson.read(reply.text()).value() instanceof Map<?, ?> map) {
                return HostileJson.asObject(map);
            }
        } catch (HostileJson.Malformed e) {
            throw answers.unreadable("it is not JSON");
        }
        throw answers.unreadable("it is no JSON object");
    }
}
