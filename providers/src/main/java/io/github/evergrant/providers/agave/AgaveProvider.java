package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.RefreshRules;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Agave departs from the RFCs in that its instances, the tenants, are told by a server; that people log in by password, with
 * clients of their own, which may be deleted under a session; and that each refresh names the scope again.
 *
 * <p>An environment is a tenant by its id, or by its address where it has no id (docs/protocols/agave.md).
 */
public final class AgaveProvider implements Provider {

    /** The client of the sandbox's {@code demo}. */
    public static final Client SANDBOX_CLIENT =
            Client.confidentialUnencoded("sandbox-agave-key", Secret.of("sandbox-agave-secret"));

    private static final URI TENANTS = URI.create("https://api.tacc.utexas.edu/tenants");
    private static final Scopes SCOPES = Scopes.of("PRODUCTION");

    /** Of those whose addresses are known without asking, the first is the default. */
    private static final List<Tenant> KNOWN = List.of(
            new Tenant("tacc.prod", "TACC", "https://api.tacc.utexas.edu/"),
            new Tenant("3dem", "3dem Tenant", "https://api.3dem.org/"),
            new Tenant("designsafe", "DesignSafe", "https://agave.designsafe-ci.org/"),
            new Tenant("sd2e", "SD2E Tenant", "https://api.sd2e.org/"),
            new Tenant("sgci", "Science Gateways Community Institute", "https://sgci.tacc.cloud/"));

    private final AgaveVariables variables;

    public AgaveProvider() {
        this(System.getenv());
    }

    /** @param variables what stands for the environment of the process: {@code TAPIS_TENANTS_URL} is read */
    public AgaveProvider(Map<String, String> variables) {
        this.variables = new AgaveVariables(variables);
    }

    @Override
    public String id() {
        return "agave";
    }

    @Override
    public String title() {
        return "Agave";
    }

    /** Those whose addresses are known without asking; {@link AgaveTenants} tells the others. */
    @Override
    public List<String> environments() {
        return KNOWN.stream().map(Tenant::id).toList();
    }

    /** A tenant that is known without asking, or any by its address. */
    @Override
    public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
        if (environment == null) {
            return dataOf(KNOWN.get(0), sandbox);
        }
        if (environment.contains("://")) {
            return dataOf(new Tenant(environment, "", environment), sandbox);
        }
        return dataOf(
                KNOWN.stream()
                        .filter(tenant -> tenant.id().equals(environment))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInput(
                                Problem.of("unknown_tenant", "where the tenant \"" + environment + "\" is, is unknown")
                                        .withAdvice("tenants that are known without asking: "
                                                + String.join(", ", environments())))),
                sandbox);
    }

    /**
     * A tenant as data.
     *
     * @param sandbox the address of a sandbox that plays it, or null
     * @throws InvalidInput {@code bad_address}, {@code plain_http} or {@code sandbox_not_loopback} when no request may go
     *     there
     */
    public ProviderData dataOf(Tenant tenant, @Nullable URI sandbox) {
        return at(tenant.id(), sandbox == null ? tenant.base() : Tenant.base(below(sandbox, tenant.id())), sandbox);
    }

    /** The tenant stands in the address, which may be told by another server than the one that is asked today. */
    @Override
    public ProviderData recall(String environment, URI tokenEndpoint, @Nullable URI sandbox) {
        return at(environment, base(tokenEndpoint), sandbox);
    }

    /** The tenant at an address: its id where that is known without asking, else it goes by its address. */
    public static Tenant tenantAt(String address) {
        return KNOWN.stream()
                .filter(tenant -> tenant.isAt(address))
                .findFirst()
                .orElseGet(() -> new Tenant(byAddress(address), "", address));
    }

    private static String byAddress(String address) {
        try {
            return Tenant.base(address).toString();
        } catch (InvalidInput e) {
            return address;
        }
    }

    /** Where the list of tenants is. */
    public URI tenants(@Nullable URI sandbox) {
        if (sandbox != null) {
            return URI.create(below(sandbox, "tenants"));
        }
        return variables.tenantsUrl().map(AgaveProvider::address).orElse(TENANTS);
    }

    /**
     * An address of a list of tenants, as somebody wrote it.
     *
     * @throws InvalidInput {@code bad_address} or {@code plain_http} when no request may go there
     */
    public static URI address(String text) {
        try {
            URI uri = URI.create(text.strip());
            Addresses.requireAllowed(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("bad_address", "the address of the list of tenants is none"));
        }
    }

    /** Where a tenant's services are, without a slash at the end. */
    public static URI base(ProviderData tenant) {
        return base(tenant.endpoints().token());
    }

    private static URI base(URI tokenEndpoint) {
        return URI.create(tokenEndpoint.toString().replaceFirst("/token$", ""));
    }

    private ProviderData at(String environment, URI base, @Nullable URI sandbox) {
        return new ProviderData(
                id(),
                title(),
                environment,
                sandbox,
                new Endpoints(base.toString(), null, URI.create(base + "/token"), null, null, null, null),
                id(),
                SCOPES,
                Duration.ofHours(1),
                // A refresh token works once.
                Duration.ZERO,
                null,
                base + "/clients/v2",
                Map.of(id(), URI.create(base + "/")),
                new RefreshRules(SCOPES, true),
                false);
    }

    @Override
    public Optional<Client> sandboxClient() {
        return Optional.of(SANDBOX_CLIENT);
    }

    /** Keys and secrets go into Basic as they are: agavepy encodes nothing. */
    @Override
    public Client client(String id, Secret secret) {
        return Client.confidentialUnencoded(id, secret);
    }

    @Override
    public List<String> tokenVariables() {
        return List.of("TAPIS_TOKEN");
    }

    /** The base address of a session without a client (docs/protocols/agave.md section 2.10). */
    @Override
    public Map<String, String> instanceVariables(URI tokenEndpoint) {
        return Map.of("TAPIS_BASE_URL", base(tokenEndpoint).toString());
    }

    private static String below(URI sandbox, String what) {
        if (!Addresses.isLoopback(sandbox)) {
            throw new InvalidInput(Problem.of(
                    "sandbox_not_loopback", "the sandbox's address is not on this machine; no token is sent there"));
        }
        if (what.contains("/")) {
            throw new InvalidInput(Problem.of("unknown_tenant", "the sandbox has no tenant \"" + what + "\""));
        }
        return sandbox.toString().replaceFirst("/+$", "") + "/agave/" + what;
    }
}
