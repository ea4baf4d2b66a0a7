package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The calls by which a sandbox is arranged and asked what it saw, as one of the systems that it plays. */
final class Desk {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long MOST_BYTES = 8 << 20;

    private final URI base;
    private final HttpSender http;
    private final String dialect;

    /** @param dialect as which system */
    Desk(URI base, HttpSender http, String dialect) {
        this.base = base;
        this.http = http;
        this.dialect = dialect;
    }

    Stats stats() {
        return new Stats(told("/_sandbox/stats").at(dialect));
    }

    /** The newest request of a kind, as it was received; nothing if there was none. */
    Told newest(String kind) {
        return told("/_sandbox/requests").list("requests").stream()
                .filter(request -> request.text("dialect").equals(dialect)
                        && request.text("kind").equals(kind))
                .reduce(Told.NOTHING, (one, other) -> other);
    }

    /** How many of the requests there were hold that text, wherever. */
    long holding(String text) {
        return told("/_sandbox/requests").list("requests").stream()
                .filter(request -> request.text("dialect").equals(dialect)
                        && String.valueOf(request.fields()).contains(text))
                .count();
    }

    /** Does something while new tokens live so long. */
    Answer living(int seconds, Supplier<Answer> work) {
        post("/_sandbox/lifetime", JsonLine.of(Map.of("dialect", dialect, "seconds", seconds)));
        try {
            return work.get();
        } finally {
            post("/_sandbox/lifetime", JsonLine.of(Map.of("dialect", dialect)));
        }
    }

    /** A token reply as after a finished login. */
    String grant(Map<String, ?> order) {
        Map<String, Object> whole = new LinkedHashMap<>(order);
        whole.put("dialect", dialect);
        return post("/_sandbox/grant", JsonLine.of(whole));
    }

    /** All access tokens end now, though nobody is told. */
    void expire() {
        post("/_sandbox/expire", JsonLine.of(Map.of("dialect", dialect)));
    }

    /** @param rules a list of rules as JSON; an empty one clears them */
    void faults(String rules) {
        post("/_sandbox/faults", rules);
    }

    /** Sends what must not be refused. */
    HttpReply send(HttpCall call) {
        HttpReply reply = ask(call);
        if (reply.status() < 400) {
            return reply;
        }
        throw unavailable(call + " was answered with status " + reply.status());
    }

    /** Sends, and answers whatever comes back. */
    HttpReply ask(HttpCall call) {
        try {
            return http.send(call, DEADLINE, MOST_BYTES);
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

    private Told told(String path) {
        Told told = Told.in(send(HttpCall.get(uri(path))).text());
        if (told.fields().isEmpty()) {
            throw unavailable("the sandbox's answer cannot be read");
        }
        return told;
    }

    private static TemporarilyUnavailable unavailable(String message) {
        return new TemporarilyUnavailable(Problem.of("sandbox_unavailable", message), null);
    }
}
