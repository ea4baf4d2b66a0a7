package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SpatiaFi departs from the RFCs in that people get their clients, called app credentials, by a password and for themselves
 * ({@link SpatiaFiClients}); these sign assertions instead of sending their secrets, and there are no refresh tokens.
 *
 * <p>An environment is {@code production}, or the address of another auth service, which then serves the data too
 * (docs/protocols/spatiafi.md section 2).
 */
public final class SpatiaFiProvider implements Provider {

    /** App credentials that the sandbox has from the beginning. */
    public static final Client SANDBOX_CLIENT = Client.signing(
            "bbbbbbbb-0000-4000-8000-000000000001", Secret.of("sandbox-spatiafi-secret-0123456789-abcdefgh"));

    private static final String PRODUCTION = "production";
    private static final String AUTH = "https://auth.spatiafi.com";
    private static final URI API = URI.create("https://api.spatiafi.com/");
    private static final String TOKEN = "/api/v1/auth/jwt/token";

    @Override
    public String id() {
        return "spatiafi";
    }

    @Override
    public String title() {
        return "SpatiaFi";
    }

    @Override
    public List<String> environments() {
        return List.of(PRODUCTION);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInput {@code unknown_environment}, or as {@link Addresses#requireAllowed} when no request may go to an
     *     address, or {@code sandbox_not_loopback}
     */
    @Override
    public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
        String which = environment == null ? PRODUCTION : environment;
        boolean isAddress = which.contains("://");
        if (!isAddress && !which.equals(PRODUCTION)) {
            throw new InvalidInput(Problem.of("unknown_environment", "SpatiaFi has no environment \"" + which + "\"")
                    .withAdvice("there is " + PRODUCTION + "; another auth service is named by its address"));
        }
        if (sandbox != null) {
            String base = below(sandbox);
            return at(which, base, URI.create(base + "/"), sandbox);
        }
        if (isAddress) {
            String base = address(which);
            return at(which, base, URI.create(base + "/"), null);
        }
        return at(which, AUTH, API, null);
    }

    /** Where the auth service is, without a slash at the end. */
    static String base(ProviderData data) {
        return data.endpoints().issuer();
    }

    private ProviderData at(String environment, String base, URI api, @Nullable URI sandbox) {
        return new ProviderData(
                id(),
                title(),
                environment,
                sandbox,
                new Endpoints(base, null, URI.create(base + TOKEN), null, null, null, null),
                id(),
                Scopes.NONE,
                // What section 5.4 assumes of a token that does not say.
                Duration.ofMinutes(10),
                null,
                null,
                base + "/api/v1/clients/",
                Map.of(id(), api, "auth", URI.create(base + "/")));
    }

    @Override
    public Optional<Client> sandboxClient() {
        return Optional.of(SANDBOX_CLIENT);
    }

    /** The secret signs, and is never sent. */
    @Override
    public Client client(String id, Secret secret) {
        return Client.signing(id, secret);
    }

    /** Those that the tutorial loads, {@code USER_ID} only where it is known, and those of the Python package. */
    @Override
    public Map<String, String> clientVariables(Client client, @Nullable String userId) {
        Secret secret = client.secret();
        if (secret == null) {
            return Map.of();
        }
        Map<String, String> all = new LinkedHashMap<>();
        if (userId != null) {
            all.put("USER_ID", userId);
        }
        for (String family : List.of("", "SPATIAFI_")) {
            all.put(family + "CLIENT_ID", client.id());
            all.put(family + "CLIENT_SECRET", secret.reveal());
        }
        return all;
    }

    private static String address(String text) {
        try {
            URI uri = URI.create(text.strip().replaceFirst("/+$", ""));
            Addresses.requireAllowed(uri);
            if (uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri.toString();
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new InvalidInput(Problem.of("bad_address", "the address of the auth service is none"));
    }

    private static String below(URI sandbox) {
        if (!Addresses.isLoopback(sandbox)) {
            throw new InvalidInput(Problem.of(
                    "sandbox_not_loopback", "the sandbox's address is not on this machine; no token is sent there"));
        }
        return sandbox.toString().replaceFirst("/+$", "") + "/spatiafi";
    }
}
