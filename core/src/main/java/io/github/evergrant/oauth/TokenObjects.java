package io.github.evergrant.oauth;

import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the tokens of one reply; every malformed part costs that part and leaves a note. */
final class TokenObjects {

    private static final Set<String> NAMED = Set.of(
            "access_token",
            "refresh_token",
            "token_type",
            "expires_in",
            "scope",
            "resource_server",
            "id_token",
            "state",
            "other_tokens");

    private final ReplyRules rules;
    private final Instant sentAt;
    private final Map<String, TokenData> found = new LinkedHashMap<>();
    private final List<String> oddities = new ArrayList<>();
    private String whyNone = "it holds no access token";

    private TokenObjects(ReplyRules rules, Instant sentAt) {
        this.rules = rules;
        this.sentAt = sentAt;
    }

    /** The tokens in a document, or why there are none. */
    record Found(Optional<TokenResponse> response, String whyNone) {}

    static Found in(HostileJson.Document document, ReplyRules rules, Instant sentAt) {
        TokenObjects reader = new TokenObjects(rules, sentAt);
        reader.oddities.addAll(document.oddities());
        Secret idToken = null;
        Map<String, @Nullable Object> extra = Map.of();
        if (document.value() instanceof List<?> tokens) {
            // Globus answers a request for dependent tokens with a bare array.
            reader.addAll("", tokens);
        } else {
            Map<String, @Nullable Object> top = document.object();
            extra = reader.extra("", top);
            idToken = reader.token("", "id_token", top.get("id_token"));
            if (top.containsKey("access_token")) {
                reader.add("", top, extra);
            }
            Object others = top.get("other_tokens");
            if (others instanceof List<?> tokens) {
                reader.addAll("other_tokens", tokens);
            } else if (others != null) {
                reader.note("", "other_tokens is no list");
            }
        }
        if (reader.found.isEmpty()) {
            return new Found(Optional.empty(), reader.whyNone);
        }
        return new Found(Optional.of(new TokenResponse(reader.found, idToken, sentAt, extra, reader.oddities)), "");
    }

    private void addAll(String list, List<?> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            String place = list + "[" + i + "]: ";
            if (tokens.get(i) instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> token = HostileJson.asObject(map);
                add(place, token, extra(place, token));
            } else {
                note(place, "skipped, it is no object");
            }
        }
    }

    private void add(String place, Map<String, @Nullable Object> token, Map<String, @Nullable Object> extra) {
        Secret access = token(place, "access_token", token.get("access_token"));
        if (access == null) {
            if (token.get("access_token") instanceof String text && !text.isEmpty()) {
                whyNone = "its access token has characters no token may have";
            }
            note(place, "skipped, it holds no access token");
            return;
        }
        String server = resourceServer(place, token);
        Secret refresh = token(place, "refresh_token", token.get("refresh_token"));
        TokenData former = found.get(server);
        if (former != null) {
            note(place, "a second token for one resource server; the last one counts");
            refresh = refresh == null ? former.refreshToken() : refresh;
        }
        found.put(
                server,
                new TokenData(
                        server,
                        access,
                        refresh,
                        tokenType(place, token.get("token_type")),
                        scopes(place, token.get("scope")),
                        Lifetimes.read(token, rules.defaultLifetime(), sentAt, words -> note(place, words)),
                        null,
                        extra));
    }

    /** RFC 6749 appendix A.12: VSCHAR only. Others could end a header, a line or a terminal's patience. */
    private @Nullable Secret token(String place, String name, @Nullable Object value) {
        if (value == null || value.equals("")) {
            return null;
        }
        if (value instanceof String text && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
            return Secret.of(text);
        }
        note(place, name + (value instanceof String ? " has characters no token may have" : " is no text"));
        return null;
    }

    private String resourceServer(String place, Map<String, @Nullable Object> token) {
        Object value = token.get("resource_server");
        if (value instanceof String text && !text.isBlank() && Cleaned.isClean(text)) {
            return text;
        }
        if (value != null) {
            note(place, "resource_server cannot be a name");
        }
        return rules.defaultResourceServer();
    }

    private @Nullable String tokenType(String place, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty() && Cleaned.isClean(text)) {
            return text;
        }
        if (value != null) {
            note(place, "token_type is no word");
        }
        return null;
    }

    private Scopes scopes(String place, @Nullable Object value) {
        if (value instanceof String text) {
            return clean(place, Scopes.parse(text));
        }
        if (value instanceof List<?> list) {
            note(place, "scope is a list");
            return clean(
                    place,
                    Scopes.parse(list.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .collect(Collectors.joining(" "))));
        }
        if (value != null) {
            note(place, "scope is no text");
        }
        return Scopes.NONE;
    }

    private Scopes clean(String place, Scopes scopes) {
        Scopes clean = Cleaned.scopes(scopes);
        if (!clean.equals(scopes)) {
            note(place, "a scope that cannot be shown was left out");
        }
        return clean;
    }

    /** What we have no name for. Names that cannot be shown are left out: the text form of token data lists them. */
    private Map<String, @Nullable Object> extra(String place, Map<String, @Nullable Object> token) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(token);
        extra.keySet().removeAll(NAMED);
        if (extra.keySet().removeIf(name -> !Cleaned.isClean(name))) {
            note(place, "a field whose name cannot be shown was left out");
        }
        return extra;
    }

    private void note(String place, String words) {
        // A list of a hundred thousand bad elements needs no hundred thousand notes.
        if (oddities.size() < 20) {
            oddities.add(place + words);
        }
    }
}
