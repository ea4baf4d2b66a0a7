package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.HostileJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls by which a sandbox is arranged and asked what it saw. */
final class Desk {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 8 << 20;
    private static final String DIALECT = "globus";

    private final URI base;
    private final HttpSender http;

    Desk(URI base, HttpSender http) {
        this.base = base;
        this.http = http;
    }

    Stats stats() {
        return new Stats(HostileJson.asObject(
                object(send(HttpCall.get(uri("/_sandbox/stats")))).get(DIALECT)));
    }

    /** The query of the newest request of a kind, as it was received; empty if there was none. */
    String newestQuery(String kind) {
        String query = "";
        Object log = object(send(HttpCall.get(uri("/_sandbox/requests")))).get("requests");
        for (Object each : log instanceof List<?> list ? list : List.of()) {
            Map<String, @Nullable Object> request = HostileJson.asObject(each);
            if (kind.equals(request.get("kind")) && request.get("query") instanceof String given) {
                query = given;
            }
        }
        return query;
    }

    /** A token reply as after a finished login. */
    String grant(Map<String, ?> order) {
        return post("/_sandbox/grant", JsonLine.of(order));
    }

    /** All access tokens end now, though nobody is told. */
    void expire() {
        post("/_sandbox/expire", "{\"dialect\":\"" + DIALECT + "\"}");
    }

    /** @param rules a list of rules as JSON; an empty one clears them */
    void faults(String rules) {
        post("/_sandbox/faults", rules);
    }

    HttpReply send(HttpCall call) {
        try {
            HttpReply reply = http.send(call, DEADLINE, MOST_BYTES);
            if (reply.status() < 400) {
                return reply;
            }
            throw unavailable(call + " was answered with status " + reply.status());
        } catch (HttpFailure e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    private String post(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send(new HttpCall("POST", uri(path), Map.of("Content-Type", "application/json"), body))
                .text();
    }

    private URI uri(String path) {
        return base.resolve(path);
    }

    private static Map<String, @Nullable Object> object(HttpReply reply) {
        try {
            return HostileJson.read(reply.text()).object();
        } catch (HostileJson.Malformed e) {
            throw unavailable("the sandbox's answer cannot be read");
        }
    }

    private static TemporarilyUnavailable unavailable(String message) {
        return new TemporarilyUnavailable(Problem.of("sandbox_unavailable", message), null);
    }
}
