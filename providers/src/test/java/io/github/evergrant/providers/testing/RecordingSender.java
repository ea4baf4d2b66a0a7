package io.github.evergrant.providers.testing;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Wire;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A way to the network that keeps what is sent, and answers what it was told; at the time that is set.
 *
 * @param <R> what the tests of a provider make of it
 */
public abstract class RecordingSender<R extends RecordingSender<R>> implements HttpSender, InstantSource {

    public final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    public final List<Duration> deadlines = new CopyOnWriteArrayList<>();
    public volatile Instant now;
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();

    protected RecordingSender(Instant now) {
        this.now = now;
    }

    /** This. */
    protected abstract R self();

    private record Answer(int status, Map<String, List<String>> headers, byte @Nullable [] body) {}

    public final R reply(int status, String body) {
        return reply(status, body, Map.of());
    }

    public final R reply(int status, String body, Map<String, String> headers) {
        Map<String, List<String>> lists = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        answers.add(new Answer(status, lists, body.getBytes(StandardCharsets.UTF_8)));
        return self();
    }

    /** The next request is sent elsewhere. */
    public final R redirect(int status, String location) {
        return reply(status, "", Map.of("location", location));
    }

    /** The next request gets lost on its way back. */
    public final R silence() {
        answers.add(new Answer(0, Map.of(), null));
        return self();
    }

    public final HttpCall only() {
        if (sent.size() != 1) {
            throw new AssertionError("sent: " + sent);
        }
        return sent.get(0);
    }

    public final Wire wire() {
        return new Wire(this, this);
    }

    /** A door without storage on a disk, whose clock and network this is. */
    public final Evergrant door() {
        return Evergrant.open(
                MemoryTokenStorage.create(),
                this,
                EvergrantSettings.defaults()
                        .withClock(this)
                        .withRefreshAhead(false)
                        .withPatience(Duration.ofSeconds(20)));
    }

    @Override
    public final HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        sent.add(call);
        deadlines.add(deadline);
        Answer answer = answers.poll();
        if (answer == null) {
            throw new AssertionError("nobody expected " + call);
        }
        if (answer.body() == null) {
            throw new HttpFailure(call + ": the connection broke", true, null);
        }
        return new HttpReply(answer.status(), answer.headers(), answer.body(), now);
    }

    @Override
    public final Instant instant() {
        return now;
    }
}
