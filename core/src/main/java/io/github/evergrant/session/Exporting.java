package io.github.evergrant.session;

import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.file.JsonDocuments;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a session's tokens as other programs read them. */
final class Exporting {

    private final String name;
    private final @Nullable String first;
    private final Instant now;

    /** @param first the resource server that a token reply is about, if the session has it, or null */
    Exporting(String name, @Nullable String first, Instant now) {
        this.name = name;
        this.first = first;
        this.now = now;
    }

    /** @param evenRotating whether refresh tokens that rotate are written too */
    Exported write(Standing standing, Exported.Format format, boolean evenRotating) {
        boolean without = standing.rotates() && standing.hasRefreshToken() && !evenRotating;
        Map<String, TokenData> records = new LinkedHashMap<>();
        standing.records().forEach((rs, entry) -> {
            TokenData data = entry.data();
            records.put(rs, without ? data.withRefreshToken(null) : data);
        });
        byte[] text = switch (format) {
            case GLOBUS -> JsonDocuments.format2(name, records);
            case GLOBUS1 -> JsonDocuments.format1(records);
            case TOKEN_RESPONSE -> Json.write(reply(records));
        };
        return new Exported(Secret.of(new String(text, StandardCharsets.UTF_8)), without);
    }

    private Map<String, @Nullable Object> reply(Map<String, TokenData> records) {
        List<TokenData> all = new ArrayList<>(records.values());
        TokenData own = first == null ? null : records.get(first);
        if (own != null) {
            all.remove(own);
            all.add(0, own);
        }
        Map<String, @Nullable Object> reply = token(all.get(0));
        if (all.size() > 1) {
            reply.put(
                    "other_tokens",
                    all.subList(1, all.size()).stream().map(this::token).toList());
        }
        return reply;
    }

    private Map<String, @Nullable Object> token(TokenData data) {
        Map<String, @Nullable Object> token = new LinkedHashMap<>();
        token.put("access_token", data.accessToken().reveal());
        token.put("token_type", data.tokenType() == null ? "Bearer" : data.tokenType());
        data.expiry()
                .end()
                .ifPresent(end -> token.put(
                        "expires_in", Math.max(0, Duration.between(now, end).toSeconds())));
        data.refresh().map(Secret::reveal).ifPresent(refresh -> token.put("refresh_token", refresh));
        token.put("scope", data.scopes().text());
        token.put("resource_server", data.resourceServer());
        data.extra().forEach(token::putIfAbsent);
        return token;
    }
}
