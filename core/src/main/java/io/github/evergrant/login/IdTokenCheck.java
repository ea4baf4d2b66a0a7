package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.IdTokenResult;
import io.github.evergrant.oauth.IdTokenRules;
import io.github.evergrant.oauth.IdTokens;
import io.github.evergrant.oauth.ServerMetadata;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what an id token is checked with, and checks it.
 *
 * <p>Neither request carries anything of the client's: the keys' address comes out of a document. Nothing thrown here
 * could be worth the tokens that lie beside the id token, so nothing is thrown.
 */
final class IdTokenCheck {

    private final LoginRequest request;
    private final Wire wire;

    IdTokenCheck(LoginRequest request, Wire wire) {
        this.request = request;
        this.wire = wire;
    }

    /** @param nonce that was sent, or null when none was */
    IdTokenResult of(Secret idToken, @Nullable Secret nonce) {
        String issuer = request.provider().endpoints().issuer();
        URI jwks = request.provider().endpoints().jwks();
        Set<String> algorithms = Set.of();
        try {
            if (jwks == null) {
                Optional<String> document = fetch(ServerMetadata.place(issuer));
                if (document.isEmpty()) {
                    return new IdTokenResult.Unverified("the server's metadata cannot be fetched");
                }
                ServerMetadata metadata = ServerMetadata.read(document.get(), issuer);
                jwks = metadata.jwks();
                algorithms = metadata.idTokenAlgorithms();
                if (algorithms.isEmpty()) {
                    return new IdTokenResult.Unverified("the server names no way of signing that can be checked");
                }
            }
            Optional<String> keys = fetch(jwks);
            return keys.isEmpty()
                    ? new IdTokenResult.Unverified("the server's keys cannot be fetched")
                    : IdTokens.verify(
                            idToken,
                            new IdTokenRules(issuer, request.client().id(), nonce, algorithms),
                            keys.get(),
                            wire.clock().instant());
        } catch (ServerMetadata.Unusable e) {
            return new IdTokenResult.Unverified(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new IdTokenResult.Unverified("the issuer is no address");
        }
    }

    private Optional<String> fetch(URI uri) {
        try {
            HttpReply reply = wire.http().send(HttpCall.get(uri), wire.deadline(), TokenReplies.MOST_BYTES);
            return reply.ok() ? Optional.of(reply.text()) : Optional.empty();
        } catch (HttpFailure | InvalidInput e) {
            return Optional.empty();
        }
    }
}
