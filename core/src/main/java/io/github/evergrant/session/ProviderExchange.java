package io.github.evergrant.session;

import io.github.evergrant.http.ClockSkew;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.renewal.Exchange;
import io.github.evergrant.renewal.Outcome;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a session's token endpoint for a successor, by the session's own facts. */
final class ProviderExchange implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderExchange.class);

    private final SessionFacts facts;
    private final HttpSender http;

    ProviderExchange(SessionFacts facts, HttpSender http) {
        this.facts = facts;
        this.http = http;
    }

    @Override
    public boolean needsRefreshToken() {
        return facts.kind() == LoginResult.Kind.REFRESH_TOKEN;
    }

    @Override
    public @Nullable Duration reuseGrace() {
        return facts.reuseGrace();
    }

    /** Loads what the request needs: on a busy machine that alone takes longer than a provider may. */
    @Override
    public void prepare() {
        if (needsRefreshToken()) {
            way().ask(asked(Secret.of("none")));
        } else {
            OAuthRequests.clientCredentials(facts.tokenEndpoint(), facts.client(), facts.scopes());
        }
        try {
            http.prepare(facts.tokenEndpoint());
        } catch (HttpFailure e) {
            LOG.debug(
                    "the way to {} cannot be prepared: {}",
                    facts.tokenEndpoint().getHost(),
                    e.getMessage());
        }
    }

    @Override
    public Outcome send(TokenData current, Duration deadline) {
        Secret refreshToken = current.refreshToken();
        HttpCall call;
        if (facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS) {
            call = OAuthRequests.clientCredentials(facts.tokenEndpoint(), facts.client(), facts.scopes());
        } else if (refreshToken != null) {
            call = way().ask(asked(refreshToken));
        } else {
            throw new IllegalStateException("a renewal without a refresh token");
        }
        HttpReply reply;
        try {
            reply = http.send(call, deadline, TokenReplies.MOST_BYTES);
        } catch (HttpFailure e) {
            String why = "no answer from " + call.place() + ": " + e.getMessage();
            return e.maybeSent() ? new Outcome.Unanswered(why) : new Outcome.Unreached(why);
        }
        ClockSkew.of(reply, Instant.now())
                .ifPresent(skew -> LOG.warn(
                        "the clock of this machine and that of {} differ by {} s",
                        call.uri().getHost(),
                        skew.toSeconds()));
        ReplyRules rules = new ReplyRules(current.resourceServer(), facts.defaultLifetime());
        return outcome(
                needsRefreshToken()
                        ? way().read(reply, rules, secrets(current))
                        : TokenReplies.read(reply, rules, secrets(current)));
    }

    private RefreshWay way() {
        return Providers.refreshWay(facts.provider(), facts.refresh(), facts.tokenEndpoint());
    }

    private RefreshWay.Asked asked(Secret refreshToken) {
        return new RefreshWay.Asked(
                facts.tokenEndpoint(),
                facts.client(),
                refreshToken,
                facts.refresh().scopes(),
                facts.account().username());
    }

    /** What a server may quote in its refusal. */
    private Secret[] secrets(TokenData current) {
        return Stream.of(
                        current.accessToken(),
                        current.refreshToken(),
                        facts.client().secret())
                .filter(Objects::nonNull)
                .toArray(Secret[]::new);
    }

    private Outcome outcome(TokenReply read) {
        if (read instanceof TokenReply.Granted granted) {
            return new Outcome.Granted(granted.response());
        }
        if (read instanceof TokenReply.Refused refused) {
            boolean gone =
                    refused.error().equals("invalid_client") && facts.refresh().clientMayEnd();
            return gone ? new Outcome.ClientGone() : new Outcome.Refused(refused.error(), refused.description());
        }
        if (read instanceof TokenReply.Unavailable unavailable) {
            return new Outcome.Unavailable(unavailable.why(), unavailable.retryAt());
        }
        // A success that nobody can read: the server has acted, and may say it again.
        return new Outcome.Unanswered(((TokenReply.Unreadable) read).why());
    }
}
