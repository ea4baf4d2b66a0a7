package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.ExtensionGrant;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.Revocation;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.providers.globus.service.Document;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of Globus Auth for itself, beside logging in. Its secret goes to the token, introspection and
 * revocation endpoints and nowhere else. Safe for many threads.
 *
 * <p>Every method throws {@link ProviderRefused} when Globus Auth says no and {@link TemporarilyUnavailable} when no usable
 * answer came.
 */
public final class LoginClient {

    private static final String DEPENDENT = "urn:globus:auth:grant_type:dependent_token";

    private final ProviderData globus;
    private final Client client;
    private final Wire wire;

    public LoginClient(ProviderData globus, Client client, Wire wire) {
        this.globus = Objects.requireNonNull(globus, "globus");
        this.client = Objects.requireNonNull(client, "client");
        this.wire = Objects.requireNonNull(wire, "wire");
    }

    /**
     * Tokens with which a service calls others in its user's name.
     *
     * @param token the user's, as it came with their request
     * @param scopes which of the user's consents are wanted; none for all
     * @param refreshTokens whether the tokens are to outlive the user's own
     * @throws InvalidInput {@code client_secret_missing} when the client is a public one
     */
    public DependentTokens dependentTokens(Secret token, Collection<GlobusScope> scopes, boolean refreshTokens) {
        requireSecret("dependent tokens");
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("token", token.reveal());
        if (refreshTokens) {
            parameters.put("access_type", "offline");
        }
        if (!scopes.isEmpty()) {
            parameters.put("scope", GlobusScopes.text(scopes));
        }
        Overheard overheard = new Overheard();
        try {
            Map<String, TokenData> tokens = ExtensionGrant.ask(
                            globus, client, DEPENDENT, parameters, overheard.on(wire), token)
                    .map(TokenResponse::byResourceServer)
                    .orElse(Map.of());
            return new DependentTokens.Granted(tokens);
        } catch (ProviderRefused e) {
            return new DependentTokens.ConsentRequired(overheard.demand().orElseThrow(() -> e));
        }
    }

    /**
     * What Globus Auth knows of a token.
     *
     * @param include what it says only to those who ask: {@code identity_set}, {@code session_info} and the like
     * @throws InvalidInput {@code client_secret_missing} when the client is a public one
     */
    public InspectedToken introspect(Secret token, String... include) {
        requireSecret("introspection");
        Map<String, String> parameters = include.length == 0 ? Map.of() : Map.of("include", String.join(",", include));
        return InspectedToken.of(Introspection.of(globus, client, token, parameters, wire));
    }

    /** Ends a token; one that is unknown, or ended already, is no failure. With a refresh token its access tokens end. */
    public void revoke(Secret token) {
        Revocation.of(globus, client, token, wire);
    }

    /**
     * Makes a client for this installation of a program: with a secret of its own, and the rights of this client, which is
     * the program's public one.
     *
     * @param name what it is called where people look after their consents
     * @return to be kept: nobody tells the secret again
     * @throws InvalidInput {@code public_client_needed} when this one has a secret itself
     */
    public Client registerInstance(String name) {
        if (client.secret() != null) {
            throw new InvalidInput(
                    Problem.of("public_client_needed", "only a public client can be made into one of an installation"));
        }
        Document made = ServiceClient.of(globus, GlobusService.AUTH, wire.http(), Authorizers.none())
                .post("v2/api/clients", Map.of("client", Map.of("name", name, "template_id", client.id())))
                .at("included")
                .at("client_credential");
        String id = made.text("client").map(Cleaned::text).orElse("");
        String secret = made.text("secret").orElse("");
        if (id.isEmpty() || secret.isEmpty()) {
            throw AuthClient.unreadable("it names no client with a secret");
        }
        return Client.confidentialUnencoded(id, Secret.of(secret));
    }

    private void requireSecret(String what) {
        if (client.secret() == null) {
            throw new InvalidInput(Problem.of("client_secret_missing", what + " needs the client's secret"));
        }
    }

    /** Looks at a reply that somebody else reads: a refusal may hold more than its code. For one request. */
    private static final class Overheard {

        private @Nullable HttpReply reply;

        Wire on(Wire wire) {
            return wire.through((call, deadline, maxBytes) -> {
                HttpReply came = wire.http().send(call, deadline, maxBytes);
                reply = came;
                return came;
            });
        }

        Optional<AuthorizationRequired> demand() {
            HttpReply came = reply;
            return came == null ? Optional.empty() : AuthorizationRequired.in(came);
        }
    }
}
