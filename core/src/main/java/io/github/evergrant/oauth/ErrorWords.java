package io.github.evergrant.oauth;

import io.github.evergrant.token.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server's code and words for a refusal, in any of the shapes servers use, cleaned.
 *
 * @param code empty when there is none
 * @param description possibly empty
 */
record ErrorWords(String code, String description) {

    static final ErrorWords NONE = new ErrorWords("", "");

    static ErrorWords in(@Nullable Object document, Collection<Secret> sent) {
        Map<String, @Nullable Object> top = HostileJson.asObject(document);
        Object error = top.get("error");
        // RFC 6749 section 5.2.
        if (error instanceof String code && !code.isBlank()) {
            return of(code, first(top, "error_description", "message", "detail"), sent);
        }
        // {"error": {"code": …, "message": …}}
        if (error instanceof Map<?, ?>) {
            return coded(HostileJson.asObject(error), sent);
        }
        // JSON:API, as Globus writes it.
        if (top.get("errors") instanceof List<?> list && !list.isEmpty()) {
            return coded(HostileJson.asObject(list.get(0)), sent);
        }
        return coded(top, sent);
    }

    private static ErrorWords coded(Map<String, @Nullable Object> error, Collection<Secret> sent) {
        return of(first(error, "code"), first(error, "detail", "message", "title", "description"), sent);
    }

    private static ErrorWords of(String code, String description, Collection<Secret> sent) {
        return new ErrorWords(Cleaned.text(code, sent), Cleaned.text(description, sent));
    }

    private static String first(Map<String, @Nullable Object> error, String... names) {
        for (String name : names) {
            String text = HostileJson.asText(error.get(name));
            if (text != null) {
                return text;
            }
        }
        return "";
    }
}
