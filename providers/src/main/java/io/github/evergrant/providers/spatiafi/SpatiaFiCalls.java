package io.github.evergrant.providers.spatiafi;

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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends requests to the auth service, each once, and reads its errors (docs/protocols/spatiafi.md section 2). */
final class SpatiaFiCalls {

    /** For everything, from connecting to the last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 1 << 20;
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    private final String title;
    private final HttpSender http;

    /** @param title who answers, for people */
    SpatiaFiCalls(String title, HttpSender http) {
        this.title = title;
        this.http = http;
    }

    /**
     * What a refusal of the proof that was sent comes to.
     *
     * @param code of the exception
     * @param advice what to do then
     */
    record Proof(String code, String advice) {}

    /** @param inDoubt what to do when the request may have been heard, and no answer came */
    HttpReply send(HttpCall call, String inDoubt) {
        try {
            return http.send(call, DEADLINE, MOST_BYTES);
        } catch (HttpFailure e) {
            throw e.unanswered(title, inDoubt);
        }
    }

    /**
     * The fields of a success.
     *
     * @param sent the secrets of the call: a refusal that quotes them loses them
     * @throws EvergrantException for whatever is none
     */
    Map<String, @Nullable Object> fields(HttpReply reply, Proof proof, Secret... sent) {
        if (!reply.ok()) {
            throw refusal(reply, proof, List.of(sent));
        }
        try {
            if (HostileJson.read(reply.text()).value() instanceof Map<?, ?> map) {
                return HostileJson.asObject(map);
            }
        } catch (HostileJson.Malformed e) {
            // Said below.
        }
        throw unreadable("it is no JSON object");
    }

    TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of " + title + " cannot be read: " + why)
                        .withAdvice("try again"),
                null);
    }

    private EvergrantException refusal(HttpReply reply, Proof proof, List<Secret> sent) {
        int status = reply.status();
        if (reply.isTemporary()) {
            return new TemporarilyUnavailable(
                    Problem.of("provider_unavailable", title + " does not work at the moment (status " + status + ")")
                            .withAdvice("try again later"),
                    RetryAfter.of(reply).orElse(null));
        }
        String words = Cleaned.text(words(reply), sent);
        boolean ofProof = REFUSALS.contains(status);
        return new ProviderRefused(Problem.of(
                        ofProof ? proof.code() : "provider_refused",
                        title + " said no (status " + status + ")" + (words.isEmpty() ? "" : ": " + words))
                .withAdvice(ofProof ? proof.advice() : ""));
    }

    /** A text, or for parameters a list of where and what; empty when there is neither. */
    private static String words(HttpReply reply) {
        try {
            Object detail = HostileJson.read(reply.text()).object().get("detail");
            return detail instanceof List<?> items
                    ? items.stream()
                            .map(HostileJson::asObject)
                            .map(SpatiaFiCalls::parameter)
                            .collect(Collectors.joining(", "))
                    : Objects.requireNonNullElse(HostileJson.asText(detail), "");
        } catch (HostileJson.Malformed e) {
            return "";
        }
    }

    private static String parameter(Map<String, @Nullable Object> item) {
        String place = item.get("loc") instanceof List<?> steps
                ? steps.stream().map(String::valueOf).collect(Collectors.joining(".")) + ": "
                : "";
        return place + Objects.requireNonNullElse(HostileJson.asText(item.get("msg")), "");
    }
}
