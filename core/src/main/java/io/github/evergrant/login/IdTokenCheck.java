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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what an id token is checked with, unless that is known, and checks it. Keys that did not sign it are fetched anew:
 * the server may have others by now.
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
        Issuers.Place place = new Issuers.Place(
                request.provider().endpoints().issuer(),
                request.provider().endpoints().jwks());
        Instant now = wire.clock().instant();
        Optional<Issuers.Keys> known =
                wire.issuers().of(place, now).filter(keys -> IdTokens.isSigned(idToken, keys.jwks()));
        try {
            Issuers.Keys keys = known.isPresent() ? known.get() : fetch(place, now);
            if (known.isEmpty() && IdTokens.isSigned(idToken, keys.jwks())) {
                wire.issuers().keep(place, keys);
            }
            return IdTokens.verify(
                    idToken,
                    new IdTokenRules(
                            place.issuer(),
                            request.client().id(),
                            nonce,
                            keys.algorithms(),
                            wire.issuers().leeway()),
                    keys.jwks(),
                    now);
        } catch (Unfetched | ServerMetadata.Unusable e) {
            return new IdTokenResult.Unverified(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new IdTokenResult.Unverified("the issuer is no address");
        }
    }

    /** What a token is checked with cannot be had. Says why in words. */
    private static final class Unfetched extends Exception {

        Unfetched(String why) {
            super(why, null, false, false);
        }
    }

    private Issuers.Keys fetch(Issuers.Place place, Instant now) throws Unfetched, ServerMetadata.Unusable {
        URI jwks = place.jwks();
        Set<String> algorithms = Set.of();
        if (jwks == null) {
            ServerMetadata metadata = ServerMetadata.read(
                    fetch(ServerMetadata.place(place.issuer()), "the server's metadata"), place.issuer());
            jwks = metadata.jwks();
            algorithms = metadata.idTokenAlgorithms();
            if (algorithms.isEmpty()) {
                throw new Unfetched("the server names no way of signing that can be checked");
            }
        }
        return new Issuers.Keys(algorithms, fetch(jwks, "the server's keys"), now);
    }

    private String fetch(URI uri, String what) throws Unfetched {
        return fetch(uri).orElseThrow(() -> new Unfetched(what + " cannot be fetched"));
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
