package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reply says of an error, in any of the shapes it comes in: the API's envelope with one error or many, the token
 * endpoint's {@code error_code}, RFC 6749's {@code error} (docs/protocols/tastytrade.md sections 3.4 and 3.5).
 *
 * @param status of the reply
 * @param code the outer one; empty when there is none
 * @param lines what went wrong, each as people know it; never null, possibly empty
 * @param json whether the reply was JSON at all
 */
record ErrorEnvelope(int status, String code, List<Line> lines, boolean json) {

    private static final Duration LOCKED = Duration.ofMinutes(15);

    ErrorEnvelope {
        lines = List.copyOf(lines);
    }

    /**
     * One error.
     *
     * @param code or the domain
     * @param message or the reason; possibly empty
     */
    record Line(String code, String message) {

        String text() {
            return message.isEmpty() ? code : code.isEmpty() ? message : code + ": " + message;
        }
    }

    /** @param sent the secrets of the request: a reply that quotes them loses them */
    static ErrorEnvelope in(HttpReply reply, Secret... sent) {
        List<Secret> secrets = List.of(sent);
        @Nullable Object document;
        try {
            document = HostileJson.read(reply.text()).value();
        } catch (HostileJson.Malformed e) {
            return new ErrorEnvelope(reply.status(), "", List.of(), false);
        }
        Map<String, @Nullable Object> top = HostileJson.asObject(document);
        if (top.get("error") instanceof Map<?, ?>) {
            Map<String, @Nullable Object> error = HostileJson.asObject(top.get("error"));
            return new ErrorEnvelope(
                    reply.status(),
                    Cleaned.text(text(error, "code"), secrets),
                    lines(
                            error.get("errors") instanceof List<?> many && !many.isEmpty() ? many : List.of(error),
                            secrets),
                    true);
        }
        String code = text(top, "error_code").isEmpty() ? text(top, "error") : text(top, "error_code");
        String clean = Cleaned.text(code, secrets);
        Line line = new Line(clean, Cleaned.text(text(top, "error_description"), secrets));
        return new ErrorEnvelope(reply.status(), clean, line.text().isEmpty() ? List.of() : List.of(line), true);
    }

    private static List<Line> lines(List<?> errors, List<Secret> sent) {
        List<Line> lines = new ArrayList<>();
        for (Object each : errors) {
            Map<String, @Nullable Object> error = HostileJson.asObject(each);
            boolean coded = !text(error, "code").isEmpty();
            Line line = new Line(
                    Cleaned.text(text(error, coded ? "code" : "domain"), sent),
                    Cleaned.text(text(error, coded ? "message" : "reason"), sent));
            if (!line.text().isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** All lines, as users of the Python library know them; empty when the reply says nothing. */
    String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /** The same for a message, which is one line. */
    String sentence() {
        return lines.stream().map(Line::text).collect(Collectors.joining("; "));
    }

    /** Whether it is one of these codes, outside or in a line. */
    boolean says(String... codes) {
        List<String> wanted = List.of(codes);
        return wanted.contains(code) || lines.stream().anyMatch(line -> wanted.contains(line.code()));
    }

    /** Whether logins are refused for a while: each further one makes it longer (section 3.5). */
    boolean isLocked() {
        return status == 429 || text().toLowerCase(Locale.ROOT).contains("temporarily locked");
    }

    /** Until when, as the reply says it or the service's users know it. */
    static Instant lockedUntil(HttpReply reply) {
        return RetryAfter.of(reply).orElseGet(() -> reply.sentAt().plus(LOCKED));
    }

    boolean isTemporary() {
        return status == 408 || status >= 500 || says("temporarily_unavailable", "server_error");
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        String text = HostileJson.asText(fields.get(name));
        return text == null ? "" : text;
    }
}
