package io.github.evergrant.providers.agave;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends requests, each once, and reads the envelope that all services answer in (docs/protocols/agave.md section 3.1). */
final class AgaveCalls {

    /** For everything, from connecting to the last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 8L << 20;
    private static final int EXCERPT = 200;

    private final String title;
    private final HttpSender http;

    /** @param title who answers, for people */
    AgaveCalls(String title, HttpSender http) {
        this.title = title;
        this.http = http;
    }

    /**
     * What the envelope of a success holds; null when it holds nothing.
     *
     * @param sent the secrets of the call: a refusal that quotes them loses them
     */
    @Nullable
    Object result(HttpCall call, Secret... sent) {
        HttpReply reply = send(call);
        Optional<Map<String, @Nullable Object>> envelope = object(reply);
        if (reply.status() >= 300) {
            throw refusal(reply, sent);
        }
        Map<String, @Nullable Object> fields = envelope.orElseThrow(() -> unreadable("it is no JSON object"));
        if ("error".equals(fields.get("status"))) {
            throw refusal(reply, sent);
        }
        return fields.get("result");
    }

    HttpReply send(HttpCall call) {
        try {
            return http.send(call, DEADLINE, MOST_BYTES);
        } catch (HttpFailure e) {
            String doubt = call.method().equals("GET") || !e.maybeSent()
                    ? "try again when the network works"
                    : "look first whether it was done all the same: the request may have arrived";
            throw new TemporarilyUnavailable(
                    Problem.of("network", title + " did not answer: " + e.getMessage())
                            .withAdvice(doubt)
                            .withCause(e),
                    null);
        }
    }

    /**
     * What a reply comes to that is no success.
     *
     * @param sent the password, where one was sent
     */
    EvergrantException refusal(HttpReply reply, Secret... sent) {
        int status = reply.status();
        String said = object(reply).map(AgaveCalls::message).orElse("");
        String words = Cleaned.text(said.isEmpty() ? excerpt(reply) : said, List.of(sent));
        AgaveError cause = new AgaveError(status, words);
        if (status == 408 || status == 429 || status >= 500) {
            return new TemporarilyUnavailable(
                    Problem.of("api_unavailable", title + " does not work at the moment (status " + status + ")")
                            .withAdvice("try again later")
                            .withCause(cause),
                    RetryAfter.of(reply).orElse(null));
        }
        String code = code(status, words, sent.length > 0);
        return new ProviderRefused(
                Problem.of(code, title + " said no (status " + status + ")" + (said.isEmpty() ? "" : ": " + words))
                        .withAdvice(advice(code, sent.length > 0))
                        .withCause(cause));
    }

    TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of " + title + " cannot be read: " + why)
                        .withAdvice("try again"),
                null);
    }

    /** A wrong password is a 400 here, in words that differ from gateway to gateway. */
    private static String code(int status, String words, boolean password) {
        if (password && (status == 401 || words.toLowerCase(Locale.ROOT).contains("password"))) {
            return "wrong_password";
        }
        if (words.startsWith("Unable to create application")) {
            return "client_not_created";
        }
        return words.startsWith("Application not found") ? "unknown_client" : "api_refused";
    }

    private static String advice(String code, boolean password) {
        return switch (code) {
            case "wrong_password" -> "check username and password";
            case "client_not_created" -> "the name may be taken: choose another one, or delete that client first";
            case "unknown_client" -> "list the clients to see which there are";
            default -> password ? "check username and password too: what is wrong with them is not always said" : "";
        };
    }

    /** In an envelope, in an answer of the token endpoint, or in a fault of the gateway. */
    private static String message(Map<String, @Nullable Object> fields) {
        return Stream.of(
                        fields.get("message"),
                        fields.get("error_description"),
                        HostileJson.asObject(fields.get("fault")).get("message"))
                .map(HostileJson::asText)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse("");
    }

    private static String excerpt(HttpReply reply) {
        String text = reply.text();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT);
    }

    private static Optional<Map<String, @Nullable Object>> object(HttpReply reply) {
        try {
            return HostileJson.read(reply.text()).value() instanceof Map<?, ?> map
                    ? Optional.of(HostileJson.asObject(map))
                    : Optional.empty();
        } catch (HostileJson.Malformed e) {
            return Optional.empty();
        }
    }
}
