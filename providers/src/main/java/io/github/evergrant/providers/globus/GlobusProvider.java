package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Globus departs from the RFCs in one thing only: one token reply holds tokens of several resource servers.
 *
 * <p>Every provider's replies are read that way, so there is no code for it here.
 */
public final class GlobusProvider implements Provider {

    /** The sandbox's native client; outside, the tutorial client of Globus' documentation. */
    public static final Client SANDBOX_PUBLIC_CLIENT = Client.open("61338d24-54d5-408f-a10d-66c06b59f6d2");

    /** The sandbox's confidential client. */
    public static final Client SANDBOX_CONFIDENTIAL_CLIENT =
            Client.confidentialUnencoded("aaaaaaaa-0000-4000-8000-000000000001", Secret.of("sandbox-globus-secret"));

    /** By which it is known. */
    public static final String ID = "globus";

    /** The variable in which Globus' programs look for an access token. */
    public static final String TOKEN_VARIABLE = "GLOBUS_ACCESS_TOKEN";

    private static final String REGISTRATION_PAGE = "https://app.globus.org/settings/developers";

    private static final Scopes DEFAULT_SCOPES = Scopes.of(
            "openid",
            "profile",
            "email",
            "urn:globus:auth:scope:transfer.api.globus.org:all",
            "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships");

    private final GlobusUrls urls;

    public GlobusProvider() {
        this(System.getenv());
    }

    /** @param variables what stands for the environment of the process: {@code GLOBUS_SDK_…} is read */
    public GlobusProvider(Map<String, String> variables) {
        urls = new GlobusUrls(variables);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Globus";
    }

    @Override
    public List<String> environments() {
        return GlobusUrls.ENVIRONMENTS;
    }

    @Override
    public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
        String name = environment == null ? urls.defaultEnvironment() : environment;
        Map<String, URI> apis = new LinkedHashMap<>();
        GlobusUrls.requireKnown(name);
        for (String api : GlobusService.ids()) {
            apis.put(api, service(name, api, sandbox));
        }
        URI auth = service(name, "auth", sandbox);
        Addresses.requireAllowed(auth);
        String base = auth.toString();
        return new ProviderData(
                        id(),
                        title(),
                        name,
                        sandbox,
                        new Endpoints(
                                base.substring(0, base.length() - 1),
                                auth.resolve("v2/oauth2/authorize"),
                                auth.resolve("v2/oauth2/token"),
                                auth.resolve("v2/oauth2/token/revoke"),
                                auth.resolve("v2/oauth2/token/introspect"),
                                auth.resolve("v2/oauth2/userinfo"),
                                null),
                        "auth.globus.org",
                        DEFAULT_SCOPES,
                        null,
                        null,
                        auth.resolve("v2/web/auth-code"),
                        REGISTRATION_PAGE,
                        apis)
                .withPasteForPublicClients();
    }

    @Override
    public Optional<Client> sandboxClient() {
        return Optional.of(SANDBOX_PUBLIC_CLIENT);
    }

    /** Globus takes id and secret as they are: {@code globus_sdk} encodes nothing. */
    @Override
    public Client client(String id, Secret secret) {
        return Client.confidentialUnencoded(id, secret);
    }

    @Override
    public Optional<Client> sandboxMachineClient() {
        return Optional.of(SANDBOX_CONFIDENTIAL_CLIENT);
    }

    /** Without it Globus gives no refresh token. */
    @Override
    public Map<String, String> authorizationParameters() {
        return Map.of("access_type", "offline");
    }

    @Override
    public List<String> tokenVariables() {
        return List.of(TOKEN_VARIABLE);
    }

    private URI service(String environment, String api, @Nullable URI sandbox) {
        return sandbox == null ? urls.service(environment, api) : below(sandbox, api);
    }

    private static URI below(URI sandbox, String api) {
        if (!Addresses.isLoopback(sandbox)) {
            throw new InvalidInput(Problem.of(
                    "sandbox_not_loopback", "the sandbox's address is not on this machine; no token is sent there"));
        }
        String base = sandbox.toString();
        return URI.create(base + (base.endsWith("/") ? "" : "/") + "globus/" + api + "/");
    }
}
