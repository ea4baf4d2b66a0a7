package io.github.evergrant.provider;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which words a provider is asked for a successor, and in which it answers; and how a session is ended there. Sends nothing
 * itself. Immutable and safe for many threads.
 */
public interface RefreshWay {

    /** RFC 6749 section 6. */
    RefreshWay USUAL = new RefreshWay() {

        @Override
        public HttpCall ask(Asked asked) {
            return OAuthRequests.refresh(asked.tokenEndpoint(), asked.client(), asked.refreshToken(), asked.scopes());
        }

        @Override
        public TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent) {
            return TokenReplies.read(reply, rules, sent);
        }
    };

    /**
     * What a session knows of itself that a request may need.
     *
     * @param tokenEndpoint where it goes, and nowhere else
     * @param client which client obtained the refresh token
     * @param refreshToken what fetches a successor
     * @param scopes named again, for servers that want that; none for most
     * @param username who logged in, as they call themselves, or null when that is not known
     */
    record Asked(
            URI tokenEndpoint,
            Client client,
            Secret refreshToken,
            Scopes scopes,
            @Nullable String username) {

        public Asked {
            Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(refreshToken, "refreshToken");
            Objects.requireNonNull(scopes, "scopes");
        }
    }

    /**
     * The request.
     *
     * @throws io.github.evergrant.error.InvalidInput when what is known does not suffice for one
     * @throws io.github.evergrant.error.LoginRequired when it does not, and a login tells it
     */
    HttpCall ask(Asked asked);

    /**
     * Reads a reply of any status. Never throws for what a server sent; whatever holds a token is
     * {@link TokenReply.Granted}.
     *
     * @param rules what holds where the reply says nothing
     * @param sent the secrets of the request: a refusal that quotes them loses them
     */
    TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent);

    /**
     * The request that ends a session, and all its tokens with it, at a provider that knows no revocation (RFC 7009); nothing
     * where there is none. A success ends it, and 401 says that it had ended.
     *
     * @param tokenEndpoint the session's
     * @param token which proves whose session it is
     */
    default Optional<HttpCall> end(URI tokenEndpoint, AccessToken token) {
        return Optional.empty();
    }
}
