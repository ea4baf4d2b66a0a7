package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.RetryAfter;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.token.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refreshes in JSON, proven by the client's secret alone (docs/protocols/tastytrade.md sections 6.3 to 6.6). */
final class OAuthWay implements RefreshWay {

    /** What the certification environment says around the opening of the market to grants that work again soon after. */
    static final String PASSING = "User is not a TastyTrade customer";

    /** These three fields and no header that proves anything: with one, the second refresh fails. */
    @Override
    public HttpCall ask(Asked asked) {
        Secret secret = asked.client().secret();
        if (secret == null || secret.reveal().isBlank()) {
            throw new InvalidInput(
                    Problem.of("client_needed", "an OAuth session with tastytrade needs the client's secret"));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("grant_type", "refresh_token");
        body.put("client_secret", secret.reveal());
        body.put("refresh_token", asked.refreshToken().reveal());
        return Wording.post(asked.tokenEndpoint(), body);
    }

    @Override
    public TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent) {
        TokenReply usual = TokenReplies.read(reply, rules, sent);
        ErrorEnvelope error = ErrorEnvelope.in(reply, sent);
        if (!(usual instanceof TokenReply.Refused refused)) {
            return usual;
        }
        if (error.isLocked()) {
            return new TokenReply.Unavailable(reply.status(), error.sentence(), ErrorEnvelope.lockedUntil(reply));
        }
        if (error.isTemporary()) {
            return new TokenReply.Unavailable(
                    reply.status(), error.sentence(), RetryAfter.of(reply).orElse(null));
        }
        if (!error.json()) {
            return new TokenReply.Refused(reply.status(), refused.error(), Wording.NO_JSON);
        }
        if (error.says("invalid_request") && error.sentence().contains(PASSING)) {
            // Whoever reads this asks once more at once, and calls it temporary when that is no better.
            return new TokenReply.Unreadable(reply.status(), error.sentence());
        }
        return error.code().isEmpty() || error.lines().isEmpty()
                ? refused
                : new TokenReply.Refused(
                        reply.status(), error.code(), error.lines().get(0).message());
    }
}
