package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Secret;
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

/** A way to the network that keeps what is sent, and answers what it was told; at the time that is set. */
final class Recorder implements HttpSender, InstantSource {

    final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    final TastytradeProvider tastytrade = new TastytradeProvider();
    final ProviderData oauth = tastytrade.describe(null, null);
    final ProviderData password = tastytrade.describePassword(null, null);
    volatile Instant now = Instant.parse("2026-11-21T21:30:00Z");
    private final Deque<HttpReply> answers = new ConcurrentLinkedDeque<>();

    Recorder reply(int status, String body) {
        return reply(status, body, Map.of());
    }

    Recorder reply(int status, String body, Map<String, String> headers) {
        Map<String, List<String>> lists = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        answers.add(new HttpReply(status, lists, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        return this;
    }

    /** What the mock server of the captures answered. */
    Recorder captured(String... names) {
        for (String name : names) {
            Captured reply = Captured.reply(name);
            reply(reply.status(), reply.body(), reply.headers());
        }
        return this;
    }

    /** Whether what was sent from a place on is what the Python library sent. */
    void sentAsIn(int from, String... names) {
        for (int i = 0; i < names.length; i++) {
            Captured.request(names[i]).isSentBy(sent.get(from + i));
        }
    }

    HttpCall only() {
        if (sent.size() != 1) {
            throw new AssertionError("sent: " + sent);
        }
        return sent.get(0);
    }

    Wire wire() {
        return new Wire(this, this);
    }

    /** A door without storage on a disk, whose clock and network this is. */
    Evergrant door() {
        return Evergrant.open(
                MemoryTokenStorage.create(),
                this,
                EvergrantSettings.defaults()
                        .withClock(this)
                        .withRefreshAhead(false)
                        .withPatience(Duration.ofSeconds(20)));
    }

    TastytradeSession session(Evergrant door, LoginResult login) {
        return TastytradeSession.of(door.keep("tt", login, true), this, this);
    }

    /** An OAuth session with the secrets of the captures. */
    TastytradeSession oauthSession(Evergrant door) {
        return session(
                door, TastytradeLogin.oauth(oauth, Secret.of("CLIENT-SECRET"), Secret.of("REFRESH-TOKEN"), wire()));
    }

    /** A session by password, with the token of the captures and, if it is wanted, the remember token. */
    TastytradeSession passwordSession(Evergrant door, boolean remembered) {
        captured(remembered ? "login-remember-me-01" : "login-password-01");
        return session(
                door, TastytradeLogin.password(password, PasswordOrder.of("janedoe", Secret.of("pw")), null, wire()));
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        sent.add(call);
        HttpReply answer = answers.poll();
        if (answer == null) {
            throw new AssertionError("nobody expected " + call);
        }
        return new HttpReply(answer.status(), answer.headers(), answer.body(), now);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
