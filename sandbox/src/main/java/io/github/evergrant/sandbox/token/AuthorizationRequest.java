package io.github.evergrant.sandbox.token;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a person to allow, checked.
 *
 * @param client who asks
 * @param redirectUri where the answer goes, one of the client's
 * @param scopes what for
 * @param offline whether refresh tokens are wanted
 * @param state told back to the client as it is
 * @param nonce goes into the id token
 * @param challenge the S256 challenge; absent only for a confidential client
 * @param further what else was asked that matters when the person decides, by parameter
 */
public record AuthorizationRequest(
        Client client,
        String redirectUri,
        List<String> scopes,
        boolean offline,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String challenge,
        Map<String, String> further) {

    public AuthorizationRequest {
        scopes = List.copyOf(scopes);
        further = Map.copyOf(further);
    }
}
