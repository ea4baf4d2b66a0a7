package io.github.evergrant.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Gives prepared replies in order and keeps what was asked. For one thread. */
public final class ScriptedSender implements HttpSender {

    private interface Step {
        HttpReply run() throws HttpFailure;
    }

    private final Instant sentAt;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<HttpCall> calls = new ArrayList<>();

    public ScriptedSender(Instant sentAt) {
        this.sentAt = sentAt;
    }

    public ScriptedSender reply(int status, String body) {
        return reply(status, Map.of(), body);
    }

    public ScriptedSender reply(int status, Map<String, List<String>> headers, String body) {
        steps.add(() -> new HttpReply(status, headers, body.getBytes(StandardCharsets.UTF_8), sentAt));
        return this;
    }

    public ScriptedSender fail(boolean maybeSent) {
        steps.add(() -> {
            throw new HttpFailure("POST https://example.org/token: the connection broke", maybeSent, null);
        });
        return this;
    }

    public List<HttpCall> calls() {
        return calls;
    }

    public String body(int call) {
        return new String(calls.get(call).body(), StandardCharsets.UTF_8);
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        calls.add(call);
        Step next = steps.poll();
        if (next == null) {
            throw new AssertionError("nothing was prepared for " + call);
        }
        return next.run();
    }
}
