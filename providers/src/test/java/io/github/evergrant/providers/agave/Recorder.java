package io.github.evergrant.providers.agave;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A way to the network that keeps what is sent, and answers what it was told; at the time that is set. */
final class Recorder implements HttpSender, InstantSource {

    static final String BASE = "https://api.sd2e.org";
    static final Tenant SD2E = new Tenant("sd2e", "SD2E Tenant", BASE + "/");

    final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    final AgaveProvider agave = new AgaveProvider(Map.of());
    final ProviderData data = agave.dataOf(SD2E, null);
    volatile Instant now = Instant.ofEpochSecond(1539708516);
    private final Deque<Answer> answers = new ArrayDeque<>();

    private record Answer(int status, @Nullable String body, Map<String, List<String>> headers) {}

    Recorder reply(int status, String body) {
        answers.add(new Answer(status, body, Map.of()));
        return this;
    }

    /** The next request is sent elsewhere. */
    Recorder redirect(int status, String location) {
        answers.add(new Answer(status, "", Map.of("location", List.of(location))));
        return this;
    }

    /** The next request gets lost on its way back. */
    Recorder silence() {
        answers.add(new Answer(0, null, Map.of()));
        return this;
    }

    HttpCall only() {
        if (sent.size() != 1) {
            throw new AssertionError("sent: " + sent);
        }
        return sent.get(0);
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        sent.add(call);
        Answer answer = answers.poll();
        if (answer == null) {
            throw new AssertionError("nobody expected " + call);
        }
        if (answer.body() == null) {
            throw new HttpFailure(call + ": the connection broke", true, null);
        }
        return new HttpReply(answer.status(), answer.headers(), answer.body().getBytes(StandardCharsets.UTF_8), now);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
