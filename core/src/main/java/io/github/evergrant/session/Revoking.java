package io.github.evergrant.session;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends a session's tokens at its provider: revokes them (RFC 7009), or asks in the provider's own way. What cannot be ended is
 * remembered, and stops nothing.
 */
final class Revoking {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 1 << 20;

    private final HttpSender http;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Revoking(HttpSender http) {
        this.http = http;
    }

    void start() {
        failures.clear();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    void revokeAll(Optional<SessionFacts> facts, Collection<TokenData> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        SessionFacts known = facts.orElse(null);
        if (known == null) {
            failures.add("another program wrote the tokens: which client may revoke them is unknown");
            return;
        }
        URI endpoint = known.revocationEndpoint();
        if (endpoint == null) {
            endInItsOwnWay(known, tokens);
            return;
        }
        // Refresh tokens first: if the way to the provider breaks, what lives longest is gone.
        Set<Secret> all = new LinkedHashSet<>();
        tokens.forEach(data -> data.refresh().ifPresent(all::add));
        tokens.forEach(data -> all.add(data.accessToken()));
        for (Secret token : all) {
            revoke(known, endpoint, token);
        }
    }

    private void endInItsOwnWay(SessionFacts known, Collection<TokenData> tokens) {
        try {
            RefreshWay way = Providers.refreshWay(known.provider(), known.refresh(), known.tokenEndpoint());
            for (TokenData each : tokens) {
                HttpCall call = way.end(known.tokenEndpoint(), each.access()).orElse(null);
                if (call == null) {
                    failures.add(
                            known.refresh().ownWay()
                                    ? "the provider lets nobody but its own pages end a grant"
                                    : "the provider has no way to revoke tokens; they end by themselves");
                    return;
                }
                HttpReply reply = http.send(call, DEADLINE, MOST_BYTES);
                if (!reply.ok() && reply.status() != 401) {
                    failures.add("the session: the provider answered with status " + reply.status());
                }
            }
        } catch (HttpFailure e) {
            failures.add("the session: " + e.getMessage());
        } catch (RuntimeException e) {
            // Whatever is wrong with the tokens, or the provider is not installed: they are to be forgotten all the
            // same.
            failures.add("the session: its end cannot be asked for");
        }
        tellOfSuccessors(known, tokens);
    }

    /** A token that begins another session does not end with this one: only its use or its time ends it. */
    private void tellOfSuccessors(SessionFacts known, Collection<TokenData> tokens) {
        if (known.refresh().endsWithUse() && tokens.stream().anyMatch(each -> each.refreshToken() != null)) {
            Duration lifetime = known.refresh().lifetime();
            failures.add("its remember token, which may stay good"
                    + (lifetime == null ? "" : " for up to " + lifetime.toHours() + " hours")
                    + ": the provider has no way to revoke it");
        }
    }

    private void revoke(SessionFacts known, URI endpoint, Secret token) {
        try {
            HttpReply reply = http.send(OAuthRequests.revoke(endpoint, known.client(), token), DEADLINE, MOST_BYTES);
            if (!reply.ok()) {
                failures.add("token " + token.prefix() + "…: the provider answered with status " + reply.status());
            }
        } catch (HttpFailure e) {
            failures.add("token " + token.prefix() + "…: " + e.getMessage());
        } catch (RuntimeException e) {
            // Whatever is wrong with one token, the others are to be revoked, and all to be forgotten.
            failures.add("token " + token.prefix() + "…: it cannot be sent");
        }
    }
}
