package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.token.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a program shows the quote streamer. No token of the API (docs/protocols/tastytrade.md section 8).
 *
 * @param token the token itself
 * @param url where the streamer is, a {@code wss} address
 * @param level {@code api} for most
 * @param expiresAt when it ends
 * @param assumed whether the service did not say so: then a day after it was asked for, less a minute
 */
public record QuoteToken(
        Secret token, Optional<String> url, Optional<String> level, Instant expiresAt, boolean assumed) {

    public QuoteToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
