package io.github.evergrant.providers.tastytrade;

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
import org.jspecify.annotations.Nullable;

/** Sends requests, each once, and reads the envelope of the API (docs/protocols/tastytrade.md sections 3.2 to 3.5). */
final class TastytradeCalls {

    /** For everything, from connecting to the last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 8L << 20;
    private static final int EXCERPT = 500;

    /** What the service says is our code too. */
    private static final List<String> KNOWN =
            List.of("invalid_grant", "invalid_client", "invalid_credentials", "device_challenge_required");

    private final HttpSender http;

    TastytradeCalls(HttpSender http) {
        this.http = http;
    }

    HttpReply send(HttpCall call) {
        try {
            return http.send(call, DEADLINE, MOST_BYTES);
        } catch (HttpFailure e) {
            throw call.method().equals("GET")
                    ? e.unanswered("tastytrade")
                    : e.unanswered(
                            "tastytrade", "look first whether it was done all the same: the request may have arrived");
        }
    }

    /**
     * What the envelope of a success holds.
     *
     * @param sent the secrets of the call
     */
    Map<String, @Nullable Object> data(HttpCall call, HttpReply reply, Secret... sent) {
        if (!reply.ok()) {
            throw refusal(call, reply, sent);
        }
        Map<String, @Nullable Object> data;
        try {
            data = HostileJson.asObject(HostileJson.read(reply.text()).object().get("data"));
        } catch (HostileJson.Malformed e) {
            throw unreadable(call, "it is no JSON");
        }
        if (data.isEmpty()) {
            throw unreadable(call, "No data present in response");
        }
        return data;
    }

    static TemporarilyUnavailable unreadable(HttpCall call, String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "tastytrade's answer to " + call + " cannot be read: " + why)
                        .withAdvice("try again"),
                null);
    }

    /**
     * What a reply comes to that is no success. The message begins with what tastytrade said.
     *
     * @param sent the secrets of the call
     */
    static EvergrantException refusal(HttpCall call, HttpReply reply, Secret... sent) {
        ErrorEnvelope error = ErrorEnvelope.in(reply, sent);
        String said = error.lines().isEmpty() ? excerpt(reply, error, sent) : error.text();
        TastytradeError cause = new TastytradeError(error, said, call.toString());
        String where = "tastytrade answered " + call + " with status " + reply.status();
        String message = error.lines().isEmpty() ? where : error.sentence() + " (" + where + ")";
        if (error.isLocked()) {
            return new TemporarilyUnavailable(
                    Problem.of("account_locked", message)
                            .withAdvice("wait: each further try makes it longer")
                            .withCause(cause),
                    ErrorEnvelope.lockedUntil(reply));
        }
        if (error.isTemporary()) {
            return new TemporarilyUnavailable(
                    Problem.of("api_unavailable", message)
                            .withAdvice("try again later")
                            .withCause(cause),
                    RetryAfter.of(reply).orElse(null));
        }
        String code = code(error);
        return new ProviderRefused(Problem.of(code, error.json() ? message : message + ": " + withoutJson(error))
                .withAdvice(advice(code))
                .withProviderCode(error.code().isEmpty() ? null : error.code())
                .withCause(cause));
    }

    /** Ours for what was said. */
    static String code(ErrorEnvelope error) {
        if (!error.json()) {
            return "reply_unreadable";
        }
        for (String known : KNOWN) {
            if (error.says(known)) {
                return known;
            }
        }
        if ((error.status() == 401 || error.status() == 403)
                && error.text().matches("(?is).*(otp|one.time|two.factor).*")) {
            return error.text().matches("(?is).*(invalid|not right|wrong|incorrect|expired).*")
                    ? "one_time_code_refused"
                    : "one_time_code_needed";
        }
        return error.status() == 401 ? "token_refused" : "api_refused";
    }

    private static String withoutJson(ErrorEnvelope error) {
        return error.status() == 401 || error.status() == 403 ? Wording.NO_JSON : "the answer is no JSON";
    }

    private static String advice(String code) {
        return switch (code) {
            case "invalid_credentials" ->
                "check login and password, and the environment; the live service takes no passwords any more: use OAuth";
            case "invalid_grant" -> "create a new grant at tastytrade, and log in with its refresh token";
            case "invalid_client" -> "check the client's secret";
            case "one_time_code_needed" -> "log in with the one-time code";
            case "one_time_code_refused" -> "log in with a new one-time code";
            case "device_challenge_required" -> "answer the device challenge";
            case "token_refused" -> "log in again, if renewing does not help";
            default -> "";
        };
    }

    /** Of what is no JSON nothing is shown but how it begins; of JSON that says nothing of an error, nothing at all. */
    private static String excerpt(HttpReply reply, ErrorEnvelope error, Secret... sent) {
        String text = error.json() ? "" : reply.text();
        return Cleaned.text(text.length() <= EXCERPT ? text : text.substring(0, EXCERPT), List.of(sent));
    }
}
