package io.github.evergrant.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole reply of a token endpoint (RFC 6749 section 5.1), with the tokens of further resource servers where a
 * server sends several.
 *
 * @param byResourceServer token data by resource server, the reply's own first; never empty
 * @param idToken the OpenID id token, unverified, or null
 * @param sentAt when the request left: lifetimes count from there
 * @param extra top-level fields we have no name for, as JSON values
 * @param oddities what was wrong with the reply and mended on reading, in words without values
 */
public record TokenResponse(
        Map<String, TokenData> byResourceServer,
        @Nullable Secret idToken,
        Instant sentAt,
        Map<String, @Nullable Object> extra,
        List<String> oddities) {

    public TokenResponse {
        if (byResourceServer.isEmpty()) {
            throw new IllegalArgumentException("a token response holds at least one token");
        }
        byResourceServer = Collections.unmodifiableMap(new LinkedHashMap<>(byResourceServer));
        Objects.requireNonNull(sentAt, "sentAt");
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        oddities = List.copyOf(oddities);
    }

    /** A response that holds just these. */
    public static TokenResponse of(Instant sentAt, TokenData... data) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        for (TokenData one : data) {
            all.put(one.resourceServer(), one);
        }
        return new TokenResponse(all, null, sentAt, Map.of(), List.of());
    }

    /** The token data of the first resource server. */
    public TokenData first() {
        return byResourceServer.values().iterator().next();
    }

    public Optional<Secret> id() {
        return Optional.ofNullable(idToken);
    }

    /** The same with other token data. */
    public TokenResponse with(Map<String, TokenData> other) {
        return new TokenResponse(other, idToken, sentAt, extra, oddities);
    }

    /** The same, in which one thing more was wrong. */
    public TokenResponse withOddity(String words) {
        List<String> all = new ArrayList<>(oddities);
        all.add(words);
        return new TokenResponse(byResourceServer, idToken, sentAt, extra, all);
    }

    @Override
    public String toString() {
        return "TokenResponse[" + byResourceServer.values() + ", id token " + idToken + ", sent " + sentAt + ", extra "
                + extra.keySet() + ", oddities " + oddities + "]";
    }
}
