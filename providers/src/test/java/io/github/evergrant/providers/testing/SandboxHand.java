package io.github.evergrant.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sandbox over a real socket as one of the systems that it plays, and the hand that plays it. */
public final class SandboxHand implements AutoCloseable {

    private final JdkHttpSender http = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system());
    private final Sandbox sandbox;
    private final String dialect;

    public SandboxHand(String dialect) {
        this(dialect, InstantSource.system());
    }

    /** @param clock the sandbox's */
    public SandboxHand(String dialect, InstantSource clock) {
        this.dialect = dialect;
        this.sandbox = Sandbox.start(SandboxSettings.defaults(), clock);
    }

    public URI base() {
        return sandbox.base();
    }

    /** A way to it; closed with it. */
    public JdkHttpSender http() {
        return http;
    }

    /** All access tokens end now, and nobody is told. */
    public void expire() {
        control("expire", "{\"dialect\":\"" + dialect + "\"}");
    }

    /** So many requests of a kind are answered with a status and a body. */
    public void answer(String kind, int times, int status, String body) {
        fault(kind, "\"times\":" + times + ",\"do\":\"status\",\"status\":" + status + ",\"body\":" + quoted(body));
    }

    /** A text as JSON has it. */
    public static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** What goes wrong with requests of a kind. */
    public void fault(String kind, String what) {
        faults("{\"dialect\":\"" + dialect + "\",\"kind\":\"" + kind + "\"," + what + "}");
    }

    /** @param rules what goes wrong, as JSON objects; none and nothing goes wrong any more */
    public void faults(String rules) {
        control("faults", "[" + rules + "]");
    }

    /**
     * The reply to a finished login, as it was sent.
     *
     * @param more further fields of the order, as JSON
     */
    public String grant(String more) {
        return ordered("grant", "{\"dialect\":\"" + dialect + "\"," + more + "}");
    }

    /** How many requests of a kind there were. */
    public int requests(String kind) {
        return number(HostileJson.asObject(stats().get("requests")).get(kind));
    }

    /** How many tokens were used that had been replaced. */
    public int reuses() {
        return number(stats().get("reuses"));
    }

    private Map<String, @Nullable Object> stats() {
        return HostileJson.asObject(told("stats").get(dialect));
    }

    private static int number(@Nullable Object count) {
        return count instanceof Number number ? number.intValue() : 0;
    }

    /** What it tells of itself: {@code stats}, {@code requests}. */
    public Map<String, @Nullable Object> told(String name) {
        return object(text(name));
    }

    /** The same as it was sent. */
    public String text(String name) {
        return send(HttpCall.get(at(name)));
    }

    /** Changes something of it, or has something made. */
    public Map<String, @Nullable Object> control(String name, String body) {
        return object(ordered(name, body));
    }

    private String ordered(String name, String body) {
        return send(new HttpCall(
                "POST", at(name), Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
    }

    private URI at(String name) {
        return sandbox.base().resolve("/_sandbox/" + name);
    }

    private String send(HttpCall call) {
        try {
            HttpReply reply = http.send(call, Duration.ofSeconds(60), 1 << 20);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            return reply.text();
        } catch (HttpFailure e) {
            throw new AssertionError(e);
        }
    }

    /** What a JSON object holds. */
    public static Map<String, @Nullable Object> object(String text) {
        try {
            return HostileJson.read(text).object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        http.close();
        sandbox.close();
    }
}
