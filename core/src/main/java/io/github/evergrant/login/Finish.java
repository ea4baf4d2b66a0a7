package io.github.evergrant.login;

import io.github.evergrant.oauth.IdTokenResult;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a login result of tokens that were granted. */
final class Finish {

    private static final Logger LOG = LoggerFactory.getLogger(Finish.class);

    private Finish() {}

    /**
     * Finds out who logged in. An id token that cannot be believed costs the identity, not the tokens; why stands in
     * the response's oddities, and is logged as a warning.
     */
    static LoginResult with(
            LoginRequest request, TokenResponse granted, LoginResult.Kind kind, @Nullable Secret nonce, Wire wire) {
        Secret idToken = granted.idToken();
        Account account = Account.UNKNOWN;
        TokenResponse response = granted;
        if (idToken != null) {
            IdTokenResult result = new IdTokenCheck(request, wire).of(idToken, nonce);
            if (result instanceof IdTokenResult.Verified verified) {
                account = new Account(verified.username(), verified.subject());
                response = granted.with(identified(granted.byResourceServer(), verified.subject()));
            } else if (result instanceof IdTokenResult.Unverified unverified) {
                response = noted(granted, "the id token is not believed: " + unverified.why());
                LOG.warn(
                        "the id token of {} is not believed, and who signed in is not known by it: {}",
                        request.provider().title(),
                        unverified.why());
            }
        }
        return new LoginResult(request.provider(), request.client(), account, response, kind, request.scopes());
    }

    /** RFC 6749 section 5.1: a reply that names no scopes grants what was asked for. */
    static TokenResponse withScopes(LoginRequest request, TokenResponse response) {
        TokenData first = response.first();
        return response.byResourceServer().size() == 1 && first.scopes().isEmpty()
                ? response.with(Map.of(first.resourceServer(), first.withScopes(request.scopes())))
                : response;
    }

    private static Map<String, TokenData> identified(Map<String, TokenData> all, String subject) {
        Map<String, TokenData> identified = new LinkedHashMap<>();
        all.forEach((server, data) -> identified.put(server, data.withIdentityId(subject)));
        return identified;
    }

    private static TokenResponse noted(TokenResponse response, String oddity) {
        List<String> oddities = new ArrayList<>(response.oddities());
        oddities.add(oddity);
        return new TokenResponse(
                response.byResourceServer(), response.idToken(), response.sentAt(), response.extra(), oddities);
    }
}
