package io.github.evergrant.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address a person's browser is sent to (RFC 6749 section 4.1.1).
 *
 * @param endpoint the authorization endpoint
 * @param client who asks
 * @param redirect where the answer goes
 * @param scopes what is asked for
 * @param state comes back with the answer, to tell ours from others
 * @param pkce binds the code to us, or null
 * @param nonce comes back in the id token (OpenID Connect Core section 3.1.2.1), or null
 * @param parameters further ones: {@code access_type}, {@code prompt} and the like
 */
public record AuthorizationUrl(
        URI endpoint,
        Client client,
        URI redirect,
        Scopes scopes,
        Secret state,
        @Nullable Pkce pkce,
        @Nullable Secret nonce,
        Map<String, String> parameters) {

    public AuthorizationUrl {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(redirect, "redirect");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(state, "state");
        parameters = Map.copyOf(parameters);
    }

    /**
     * The whole address.
     *
     * @throws InvalidInput {@code reserved_parameter} when a further parameter would replace one of ours
     */
    public URI uri() {
        AuthorizationRequest.Builder request = new AuthorizationRequest.Builder(
                        ResponseType.CODE, new ClientID(client.id()))
                .redirectionURI(redirect)
                .state(new State(state.reveal()));
        if (!scopes.isEmpty()) {
            request.scope(new Scope(scopes.values().toArray(new String[0])));
        }
        if (pkce != null) {
            request.codeChallenge(new CodeVerifier(pkce.verifier().reveal()), CodeChallengeMethod.S256);
        }
        Map<String, List<String>> all =
                new LinkedHashMap<>(request.endpointURI(endpoint).build().toParameters());
        if (nonce != null) {
            all.put("nonce", List.of(nonce.reveal()));
        }
        parameters.forEach((name, value) -> {
            if (all.putIfAbsent(name, List.of(value)) != null) {
                throw new InvalidInput(Problem.of(
                        "reserved_parameter", "the authorization request sets " + Cleaned.text(name) + " itself"));
            }
        });
        String query = URLUtils.serializeParameters(all);
        String base = endpoint.toString();
        return URI.create(base + (endpoint.getRawQuery() == null ? "?" : "&") + query);
    }
}
