package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.saved.Copy.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions there are in the files, each with all its copies (docs/protocols/agave.md section 8.2).
 *
 * <p>Where no tenant is written, it is that of another record with the same address, else the one that is known to be
 * there, else it goes by its address. A record that stands where another
 * session's belongs counts for the session that it names. A record without a client's name has that of a record with the
 * same key, else its key for a name.
 */
final class Index {

    /** What line C writes for a tenant that it does not know. */
    private static final String NULL = "null";

    private final Map<SessionName, Entry> entries = new LinkedHashMap<>();
    private final Map<SessionName, Entry> byAnyName = new LinkedHashMap<>();
    private final Map<String, String> tenants = new LinkedHashMap<>();
    private final Map<SessionName, String> namesByKey = new LinkedHashMap<>();

    /** @param copies in the order of the files */
    Index(List<Copy> copies) {
        copies.forEach(this::learnTenant);
        copies.forEach(this::learnName);
        for (Copy copy : copies) {
            entries.computeIfAbsent(nameOf(copy), Entry::new).add(copy);
        }
        List<Entry> nameless = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (name.client().equals(entry.key()) && namesByKey.containsKey(name)) {
                nameless.add(entry);
            }
        });
        for (Entry entry : nameless) {
            Entry named = entries.get(entry.name().withClient(String.valueOf(namesByKey.get(entry.name()))));
            if (named != null && named != entry) {
                named.absorb(entry);
                entries.remove(entry.name());
                byAnyName.put(entry.name(), named);
            }
        }
        byAnyName.putAll(entries);
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    @Nullable
    Entry find(SessionName name) {
        return byAnyName.get(name);
    }

    /** The one whose record stands in a place. */
    @Nullable
    Entry of(Copy copy) {
        return find(nameOf(copy));
    }

    private void learnTenant(Copy copy) {
        String tenant = Fields.text(copy.fields(), Fields.TENANT);
        String server = Fields.server(copy.fields());
        if (!tenant.isEmpty() && !server.isEmpty()) {
            tenants.putIfAbsent(server, tenant);
        }
    }

    private void learnName(Copy copy) {
        String key = Fields.text(copy.fields(), Fields.KEY);
        String client = ownClient(copy);
        if (!key.isEmpty() && !client.isEmpty() && !client.equals(key)) {
            namesByKey.putIfAbsent(whose(copy).withClient(key), client);
        }
    }

    /** The name of the client, as far as the record or its place says it. */
    private static String ownClient(Copy copy) {
        if (copy.place() instanceof Place.Session session && !session.strange()) {
            return session.path().client();
        }
        if (copy.place() instanceof Place.InUse use && use.client() != null) {
            return use.client();
        }
        return Fields.text(copy.fields(), Fields.NAME);
    }

    private SessionName nameOf(Copy copy) {
        SessionName whose = whose(copy);
        String client = ownClient(copy);
        if (!client.isEmpty()) {
            return whose.withClient(client);
        }
        String key = Fields.text(copy.fields(), Fields.KEY);
        return whose.withClient(namesByKey.getOrDefault(whose.withClient(key), key));
    }

    /** Tenant and user, with no client. */
    private SessionName whose(Copy copy) {
        String tenant = Fields.text(copy.fields(), Fields.TENANT);
        String known = tenant.isEmpty() ? repaired(copy) : tenant;
        if (copy.place() instanceof Place.Session session && !session.strange()) {
            String path = session.path().tenant();
            return new SessionName(
                    isNowhere(path) ? known : path, session.path().username(), "");
        }
        return new SessionName(known, Fields.text(copy.fields(), Fields.USERNAME), "");
    }

    /** The tenant at the record's address: it goes by that where no id is known. */
    private String repaired(Copy copy) {
        String server = Fields.server(copy.fields());
        String told = tenants.get(server);
        return told != null || server.isEmpty()
                ? Objects.requireNonNullElse(told, "")
                : AgaveProvider.tenantAt(Fields.withoutSlash(Fields.text(copy.fields(), Fields.BASE_URL)))
                        .id();
    }

    private static boolean isNowhere(String tenant) {
        return tenant.isEmpty() || tenant.equals(NULL);
    }

    /** Whether a record in {@code sessions} says that it is another session's. */
    static boolean isStrange(SessionName path, Map<String, @Nullable Object> record) {
        String tenant = Fields.text(record, Fields.TENANT);
        String username = Fields.text(record, Fields.USERNAME);
        return (!tenant.isEmpty() && !isNowhere(path.tenant()) && !tenant.equals(path.tenant()))
                || (!username.isEmpty() && !username.equals(path.username()));
    }
}
