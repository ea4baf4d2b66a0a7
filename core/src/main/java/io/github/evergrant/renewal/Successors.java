package io.github.evergrant.renewal;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token response makes of the records it succeeds. */
final class Successors {

    private Successors() {}

    /**
     * The records that a response replaces, merged with what they replace.
     *
     * @param firstSent when the refresh token was first sent: a re-driven answer's life counts from there
     * @param terms of the refresh tokens
     */
    static Map<String, Head> of(
            Map<String, Head> heads,
            String renewed,
            TokenResponse response,
            Instant firstSent,
            boolean ofRefusal,
            RefreshTerms terms) {
        Map<String, Head> next = new LinkedHashMap<>();
        response.byResourceServer().forEach((rs, data) -> {
            Head base = heads.get(rs);
            boolean over = terms.endsWithUse() && rs.equals(renewed);
            TokenData merged = base == null ? data : merge(base.data(), data, over);
            Instant sent = firstSent.isBefore(response.sentAt()) ? firstSent : response.sentAt();
            Instant refreshEnd = data.refreshToken() != null
                    ? terms.end(sent)
                    : base == null || merged.refreshToken() == null ? null : base.refreshEnd();
            boolean same = base != null && base.data().accessToken().equals(data.accessToken());
            next.put(
                    rs,
                    new Head(
                            earlier(merged, response.sentAt(), firstSent),
                            sent,
                            ofRefusal && rs.equals(renewed),
                            same && !ofRefusal,
                            refreshEnd));
        });
        shareRefreshToken(heads, renewed, next);
        return next;
    }

    /**
     * A response without a refresh token keeps the old one; so do identity, scopes, type and further fields.
     *
     * @param over whether the old refresh token is over now
     */
    private static TokenData merge(TokenData old, TokenData fresh, boolean over) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(old.extra());
        extra.putAll(fresh.extra());
        return new TokenData(
                fresh.resourceServer(),
                fresh.accessToken(),
                fresh.refreshToken() == null && !over ? old.refreshToken() : fresh.refreshToken(),
                fresh.tokenType() == null ? old.tokenType() : fresh.tokenType(),
                fresh.scopes().isEmpty() ? old.scopes() : fresh.scopes(),
                fresh.expiry(),
                fresh.identityId() == null ? old.identityId() : fresh.identityId(),
                extra);
    }

    private static TokenData earlier(TokenData data, Instant sentAt, Instant firstSent) {
        return data.expiry() instanceof Expiry.At end && firstSent.isBefore(sentAt)
                ? data.withExpiry(Expiry.at(end.instant().minus(Duration.between(firstSent, sentAt))))
                : data;
    }

    /** Records that share the refresh token which was just used up get its successor too. */
    private static void shareRefreshToken(Map<String, Head> heads, String renewed, Map<String, Head> next) {
        Head before = heads.get(renewed);
        Head after = next.get(renewed);
        Secret used = before == null ? null : before.data().refreshToken();
        Secret fresh = after == null ? null : after.data().refreshToken();
        if (used == null || fresh == null || used.equals(fresh)) {
            return;
        }
        heads.forEach((rs, head) -> {
            if (!next.containsKey(rs)
                    && head.data().refresh().filter(used::equals).isPresent()) {
                next.put(rs, head.with(head.data().withRefreshToken(fresh)));
            }
        });
    }
}
