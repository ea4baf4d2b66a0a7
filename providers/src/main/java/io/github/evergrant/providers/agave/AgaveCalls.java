package io.github.evergrant.providers.agave;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends requests, none of them twice, and reads the envelope that all services answer in (docs/protocols/agave.md section 3.1). */
final class AgaveCalls {

    /** For everything, from connecting to the last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 8L << 20;
    private static final int EXCERPT = 200;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_HOPS = 5;

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
        return result(call, send(call), sent);
    }

    /**
     * The same for what everybody may see: its address may have moved. Nobody's credentials are sent, so that none can go
     * astray.
     *
     * @throws ProviderRefused {@code redirect_refused} when it leads where no request may go, or round in circles
     */
    @Nullable
    Object resultOfAnybody(URI address) {
        HttpCall call = HttpCall.get(address);
        HttpReply reply = send(call);
        for (int hops = 0; REDIRECTS.contains(reply.status()); hops++) {
            call = HttpCall.get(moved(call.uri(), reply, hops));
            reply = send(call);
        }
        return result(call, reply);
    }

    /** From https only to https. */
    private URI moved(URI from, HttpReply reply, int hops) {
        String location = reply.header("Location").orElse("");
        try {
            URI to = from.resolve(new URI(location));
            boolean worse = "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
            if (!location.isEmpty() && hops < MOST_HOPS && !worse && Addresses.isAllowed(to)) {
                return to;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new ProviderRefused(Problem.of(
                        "redirect_refused",
                        title + " says that it has moved "
                                + (hops < MOST_HOPS ? "where no request may go" : "too often")
                                + (location.isEmpty() ? "" : ": " + Cleaned.text(location)))
                .withAdvice("find out its address, and name that"));
    }

    private @Nullable Object result(HttpCall call, HttpReply reply, Secret... sent) {
        Optional<Map<String, @Nullable Object>> envelope = object(reply);
        if (reply.status() >= 300) {
            EvergrantException refusal = refusal(reply, sent);
            throw reply.status() >= 500 && !isHarmless(call) ? inDoubt(refusal) : refusal;
        }
        Map<String, @Nullable Object> fields = envelope.orElseThrow(() -> {
            TemporarilyUnavailable unreadable = unreadable("it is no JSON object");
            return isHarmless(call) ? unreadable : inDoubt(unreadable);
        });
        if ("error".equals(fields.get("status"))) {
            throw refusal(reply, sent);
        }
        return fields.get("result");
    }

    HttpReply send(HttpCall call) {
        try {
            return http.send(call, DEADLINE, MOST_BYTES);
        } catch (HttpFailure e) {
            TemporarilyUnavailable silent = e.unanswered(title);
            throw isHarmless(call) || !e.maybeSent() ? silent : inDoubt(silent);
        }
    }

    private static boolean isHarmless(HttpCall call) {
        return call.method().equals("GET");
    }

    /** What was asked for may have been done all the same: done twice, it would be another thing. */
    private static TemporarilyUnavailable inDoubt(EvergrantException e) {
        return new TemporarilyUnavailable(
                Problem.of("maybe_done", e.getMessage() + "; whether it was done all the same is not known")
                        .withAdvice("look first whether it was done")
                        .withCause(e.getCause() == null ? e : e.getCause()),
                null);
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
        if (reply.isTemporary()) {
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
