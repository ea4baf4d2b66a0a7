package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The service that tells which tenants there are (docs/protocols/agave.md sections 2.2 and 3.11). Safe for many threads.
 *
 * <p>Each call asks once. Besides what is said there, calls throw {@link io.github.evergrant.error.TemporarilyUnavailable}
 * when no usable answer came, and {@link io.github.evergrant.error.ProviderRefused} when the service says no.
 */
public final class AgaveTenants {

    private final AgaveCalls calls;
    private final URI address;

    /** @param address of the list: {@link AgaveProvider#tenants}, or another one's */
    public AgaveTenants(HttpSender http, URI address) {
        this.calls = new AgaveCalls("the list of tenants at " + address.getHost(), http);
        this.address = address;
    }

    /** All of them, in the order of the service. Of several with one id, the last one counts, in the first one's place. */
    public List<Tenant> list() {
        Map<String, Tenant> all = new LinkedHashMap<>();
        if (calls.resultOfAnybody(address) instanceof List<?> items) {
            for (Object item : items) {
                Map<String, @Nullable Object> tenant = HostileJson.asObject(item);
                String id = text(tenant, "code");
                all.put(id, new Tenant(id, text(tenant, "name"), text(tenant, "baseUrl")));
            }
            return List.copyOf(all.values());
        }
        throw calls.unreadable("it is no list");
    }

    /**
     * The tenant of that id.
     *
     * @throws InvalidInput {@code unknown_tenant} when there is none
     */
    public Tenant named(String id) {
        return named(list(), id);
    }

    /** The same among those that were asked for before. */
    public static Tenant named(List<Tenant> all, String id) {
        return all.stream()
                .filter(tenant -> tenant.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput(Problem.of("unknown_tenant", "there is no tenant \"" + Cleaned.text(id) + "\"")
                                .withAdvice("tenants: "
                                        + all.stream()
                                                .map(tenant -> Cleaned.text(tenant.id()))
                                                .collect(Collectors.joining(", ")))));
    }

    /** The tenant at an address; nothing when the service does not know it. */
    public Optional<Tenant> at(String url) {
        return list().stream().filter(tenant -> tenant.isAt(url)).findFirst();
    }

    /**
     * The tenant that somebody means by its id, or by its address: one that the service does not know is called after its
     * address.
     *
     * @throws InvalidInput {@code unknown_tenant} for an id that there is none of; {@code bad_address} or {@code plain_http}
     *     for an address no request may go to
     */
    public Tenant meant(String idOrUrl) {
        if (!idOrUrl.contains("://")) {
            return named(idOrUrl);
        }
        String base = Tenant.base(idOrUrl).toString();
        return at(idOrUrl).orElseGet(() -> new Tenant(base, "", base));
    }

    private static String text(Map<String, @Nullable Object> tenant, String name) {
        return Objects.requireNonNullElse(HostileJson.asText(tenant.get(name)), "");
    }
}
