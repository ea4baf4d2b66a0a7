package io.github.evergrant.providers.globus.service;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service that answers as was prepared; the last answer is given for ever. For one thread. */
public final class Scripted implements HttpSender {

    private interface Step {
        HttpReply run() throws HttpFailure;
    }

    private final InstantSource clock;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<Duration> deadlines = new ArrayList<>();

    public Scripted(InstantSource clock) {
        this.clock = clock;
    }

    public Scripted json(int status, String body) {
        return reply(status, body, "Content-Type", "application/json");
    }

    /** @param headers names and values in turn */
    public Scripted reply(int status, String body, String... headers) {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        steps.add(() -> new HttpReply(status, all, body.getBytes(StandardCharsets.UTF_8), clock.instant()));
        return this;
    }

    public Scripted fails(HttpFailure.Kind kind, boolean maybeSent) {
        steps.add(() -> {
            throw new HttpFailure(kind, "GET https://service.example/: no way", maybeSent, null);
        });
        return this;
    }

    public List<HttpCall> calls() {
        return calls;
    }

    public List<Duration> deadlines() {
        return deadlines;
    }

    public HttpCall last() {
        return calls.get(calls.size() - 1);
    }

    /** What was asked for behind the address of the service. */
    public List<String> targets() {
        return calls.stream()
                .map(call -> call.uri().getRawPath()
                        + (call.uri().getRawQuery() == null
                                ? ""
                                : "?" + call.uri().getRawQuery()))
                .toList();
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        calls.add(call);
        deadlines.add(deadline);
        Step next = steps.size() > 1 ? steps.remove() : steps.element();
        return next.run();
    }
}
