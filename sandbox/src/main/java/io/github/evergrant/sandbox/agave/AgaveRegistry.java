package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The clients of all tenants. A name is taken once by each owner in each tenant. Safe for all threads. */
final class AgaveRegistry {

    static final String MADE_BY_GATEWAY = "DefaultApplication";

    private final AgaveSeed seed;
    private final Randomness random;
    private final AtomicLong number = new AtomicLong();

    /** In the order of their making. */
    private final ConcurrentSkipListMap<Long, Entry> clients = new ConcurrentSkipListMap<>();

    AgaveRegistry(AgaveSeed seed, Randomness random) {
        this.seed = seed;
        this.random = random;
        clear();
    }

    private record Entry(AgaveTenant tenant, AgaveClient client) {

        boolean isNamed(AgaveTenant where, Person owner, String name) {
            return tenant.equals(where)
                    && client.owner.equals(owner)
                    && client.client.name().equals(name);
        }
    }

    Optional<AgaveTenant> tenant(String code) {
        return seed.tenants().stream().filter(each -> each.code().equals(code)).findFirst();
    }

    /** The client with that key, in one tenant or, without one, in any. */
    Optional<AgaveClient> byKey(@Nullable AgaveTenant tenant, String key) {
        return clients.values().stream()
                .filter(each -> tenant == null || each.tenant().equals(tenant))
                .map(Entry::client)
                .filter(each -> each.client.id().equals(key))
                .findFirst();
    }

    Optional<AgaveClient> byName(AgaveTenant tenant, Person owner, String name) {
        return clients.values().stream()
                .filter(each -> each.isNamed(tenant, owner, name))
                .map(Entry::client)
                .findFirst();
    }

    List<AgaveClient> of(AgaveTenant tenant, Person owner) {
        return clients.values().stream()
                .filter(each ->
                        each.tenant().equals(tenant) && each.client().owner.equals(owner))
                .map(Entry::client)
                .toList();
    }

    /** A new client with a key and a secret of its own; empty when the name is taken. */
    Optional<AgaveClient> create(
            AgaveTenant tenant, Person owner, String name, String description, String tier, String callbackUrl) {
        Client client = new Client(random.opaque("sandbox-key-"), random.opaque("sandbox-secret-"), name);
        long mine = number.incrementAndGet();
        AgaveClient made = new AgaveClient(client, owner, description, tier, callbackUrl);
        clients.put(mine, new Entry(tenant, made));
        // Of two that come at once, the first stays.
        boolean taken = clients.headMap(mine).values().stream().anyMatch(each -> each.isNamed(tenant, owner, name));
        if (taken) {
            clients.remove(mine);
        }
        return taken ? Optional.empty() : Optional.of(made);
    }

    /** Its tokens end with it. */
    void delete(AgaveTenant tenant, Person owner, String name) {
        clients.values().removeIf(each -> each.isNamed(tenant, owner, name));
    }

    /** Whether that client is registered anywhere. */
    boolean has(Client client) {
        return clients.values().stream().anyMatch(each -> each.client().client.equals(client));
    }

    /** What there was in the beginning. */
    void clear() {
        clients.clear();
        seed.tenants()
                .forEach(tenant -> seed.owners()
                        .forEach(owner -> clients.put(
                                number.incrementAndGet(),
                                new Entry(
                                        tenant,
                                        new AgaveClient(owner.client(), owner.person(), null, "Unlimited", "")))));
    }
}
