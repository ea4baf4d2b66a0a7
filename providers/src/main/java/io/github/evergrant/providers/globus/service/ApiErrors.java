package io.github.evergrant.providers.globus.service;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads refusals in the three shapes that Globus' services use: JSON:API, a code and a message, and anything else.
 *
 * <p>A token that was sent is cut out of what is shown, should a service quote it, and so is what looks like another.
 */
final class ApiErrors {

    private static final Pattern QUOTED = Pattern.compile("(?i)\\b(bearer|basic) +[^\\s\"']+");

    /** Of the length and the characters of Globus' tokens; codes, ids and most names of files are not. */
    private static final Pattern TOKEN =
            Pattern.compile("(?=[A-Za-z_-]*[0-9])(?=[a-z0-9_-]*[A-Z])(?=[A-Z0-9_-]*[a-z])[A-Za-z0-9_-]{32,}");

    private static final Document NOTHING = Document.NOTHING;

    private final @Nullable String sent;

    /** @param sent the value of the {@code Authorization} header that was sent, or null for none */
    private ApiErrors(@Nullable String sent) {
        this.sent = sent;
    }

    static ApiError read(HttpReply reply, @Nullable String sent) {
        return new ApiErrors(sent).read(reply);
    }

    private ApiError read(HttpReply reply) {
        String type = mimeType(reply);
        Document document = type.endsWith("json") ? parse(reply.text()) : NOTHING;
        if (!(document.value() instanceof Map<?, ?>)) {
            return new ApiError(reply.status(), null, List.of(), null, List.of(), document);
        }
        List<Document> errors = errors(document);
        if (type.equals("application/vnd.api+json")) {
            return error(reply, only(errors, "code"), messages(errors, "detail", "title"), null, errors, document);
        }
        String code = document.text("code").orElse(null);
        String message = document.text("message").orElse(null);
        String requestId = document.text("request_id").orElse(null);
        if (code != null && message != null) {
            return error(reply, code, List.of(message), requestId, errors, document);
        }
        return error(
                reply,
                code == null ? only(errors, "code") : code,
                messages(errors, "message", "detail", "title"),
                requestId == null ? only(errors, "id") : requestId,
                errors,
                document);
    }

    private ApiError error(
            HttpReply reply,
            @Nullable String code,
            List<String> messages,
            @Nullable String requestId,
            List<Document> errors,
            Document document) {
        return new ApiError(
                reply.status(),
                code == null ? null : cleaned(code),
                messages.stream().map(this::cleaned).toList(),
                requestId == null ? null : cleaned(requestId),
                errors,
                document);
    }

    /** Those that are listed, if all of them are objects; else the whole. */
    private static List<Document> errors(Document document) {
        if (document.fields().get("errors") instanceof List<?> listed
                && listed.stream().allMatch(Map.class::isInstance)) {
            return listed.stream().map(Document::new).toList();
        }
        return List.of(document);
    }

    /** The one value that all have that have any. */
    private static @Nullable String only(List<Document> errors, String name) {
        List<String> values = errors.stream()
                .flatMap(error -> error.text(name).stream())
                .distinct()
                .toList();
        return values.size() == 1 ? values.get(0) : null;
    }

    private static List<String> messages(List<Document> errors, String... names) {
        return errors.stream()
                .map(error -> Stream.of(names)
                        .map(error::text)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    private String cleaned(String words) {
        String rest = words;
        if (sent != null) {
            rest = rest.replace(sent, "…").replace(sent.substring(sent.indexOf(' ') + 1), "…");
        }
        rest = QUOTED.matcher(rest).replaceAll("$1 …");
        return Cleaned.text(TOKEN.matcher(rest).replaceAll("…"));
    }

    private static Document parse(String text) {
        try {
            return new Document(HostileJson.read(text).value());
        } catch (HostileJson.Malformed e) {
            return NOTHING;
        }
    }

    private static String mimeType(HttpReply reply) {
        return reply.header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
