package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Wire;
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

/** A way to the network that keeps what is sent, and answers what it was told; at the time of the captures. */
final class Recorder implements HttpSender {

    static final Instant NOW = Instant.ofEpochSecond(1_795_296_460);

    final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    final List<Duration> deadlines = new CopyOnWriteArrayList<>();
    final SpatiaFiProvider provider = new SpatiaFiProvider();
    final ProviderData data = provider.describe(null, null);
    private final Deque<Answer> answers = new ArrayDeque<>();

    private record Answer(int status, @Nullable String body) {}

    Recorder reply(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** The next request gets lost on its way back. */
    Recorder silence() {
        answers.add(new Answer(0, null));
        return this;
    }

    Wire wire() {
        return new Wire(this, InstantSource.fixed(NOW));
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
        deadlines.add(deadline);
        Answer answer = answers.poll();
        if (answer == null) {
            throw new AssertionError("nobody expected " + call);
        }
        if (answer.body() == null) {
            throw new HttpFailure(call + ": the connection broke", true, null);
        }
        return new HttpReply(answer.status(), Map.of(), answer.body().getBytes(StandardCharsets.UTF_8), NOW);
    }
}
