package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.providers.agave.saved.Copy.Place;
import io.github.evergrant.storage.MalformedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code config.json} (docs/protocols/agave.md section 4.3), changed in memory: where records stand, and what
 * stands around them. For one thread.
 */
final class ConfigFile {

    private static final String CURRENT = "current";
    private static final String SESSIONS = "sessions";

    private final Map<String, @Nullable Object> root;

    /**
     * What was read; changed in place.
     *
     * @throws MalformedDocument when {@code sessions} is something that cannot hold sessions
     */
    ConfigFile(Map<String, @Nullable Object> root) throws MalformedDocument {
        Object sessions = root.get(SESSIONS);
        if (sessions != null && !(sessions instanceof Map<?, ?>)) {
            throw new MalformedDocument("sessions is not an object");
        }
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : null;
    }

    /** The records under {@code sessions}, in their order. */
    List<Copy> sessions() {
        List<Copy> all = new ArrayList<>();
        each(
                root.get(SESSIONS),
                (tenant, users) -> each(
                        users,
                        (user, clients) -> each(clients, (client, record) -> {
                            SessionName path = new SessionName(tenant, user, client);
                            all.add(new Copy(new Place.Session(path, Index.isStrange(path, record)), record));
                        })));
        return all;
    }

    private interface Visitor {
        void visit(String name, Map<String, @Nullable Object> inside);
    }

    private static void each(@Nullable Object container, Visitor visitor) {
        Map<String, @Nullable Object> map = map(container);
        if (map != null) {
            map.forEach((name, value) -> {
                Map<String, @Nullable Object> inside = map(value);
                if (inside != null) {
                    visitor.visit(name, inside);
                }
            });
        }
    }

    /** The records under {@code current}: one, if all is well. */
    List<Copy> inUse() {
        Map<String, @Nullable Object> record = map(root.get(CURRENT));
        if (record != null && isRecord(record)) {
            return List.of(new Copy(new Place.InUse(null), record));
        }
        List<Copy> all = new ArrayList<>();
        each(record, (client, inside) -> all.add(new Copy(new Place.InUse(client), inside)));
        return all;
    }

    /** Line C puts the record itself where the others put it under its client's name. */
    private static boolean isRecord(Map<String, @Nullable Object> map) {
        return List.of(Fields.KEY, Fields.ACCESS, Fields.USERNAME).stream()
                .anyMatch(name -> map.containsKey(name) && !(map.get(name) instanceof Map<?, ?>));
    }

    /** Sees to the order of a new file: {@code current} stands before {@code sessions}. */
    void begin() {
        if (!root.containsKey(SESSIONS)) {
            root.putIfAbsent(CURRENT, new LinkedHashMap<String, @Nullable Object>());
        }
    }

    /** Puts a record under {@code sessions}. @throws MalformedDocument when something else stands in the way */
    void store(SessionName path, String client, Map<String, @Nullable Object> record) throws MalformedDocument {
        Map<String, @Nullable Object> clients = inside(inside(inside(root, SESSIONS), path.tenant()), path.username());
        Object there = clients.get(path.client());
        if (there != null && !(there instanceof Map<?, ?>)) {
            throw new MalformedDocument("a record is not an object");
        }
        Map<String, @Nullable Object> next = new LinkedHashMap<>(record);
        if (there instanceof Map<?, ?> former && former.containsKey(Fields.NAME)) {
            next.put(Fields.NAME, client);
        }
        clients.put(path.client(), next);
    }

    private static Map<String, @Nullable Object> inside(Map<String, @Nullable Object> container, String name)
            throws MalformedDocument {
        Object there = container.computeIfAbsent(name, missing -> new LinkedHashMap<String, @Nullable Object>());
        Map<String, @Nullable Object> map = map(there);
        if (map == null) {
            throw new MalformedDocument("what stands around a record is not an object");
        }
        return map;
    }

    /** Makes a record the only one under {@code current}; what is no record there stays. */
    void setInUse(String client, Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> next = new LinkedHashMap<>();
        next.put(client, new LinkedHashMap<>(record));
        Map<String, @Nullable Object> there = map(root.get(CURRENT));
        if (there != null && !isRecord(there)) {
            there.forEach((other, value) -> {
                if (!(value instanceof Map<?, ?>)) {
                    next.putIfAbsent(other, value);
                }
            });
        }
        root.put(CURRENT, next);
    }

    /** What line A does: the record under {@code current} goes to {@code sessions}, another takes its place. */
    void displace(SessionName name, Map<String, @Nullable Object> record) throws MalformedDocument {
        Map<String, @Nullable Object> next = new LinkedHashMap<>();
        if (root.get(SESSIONS) instanceof Map<?, ?>) {
            Map<String, @Nullable Object> there = map(root.get(CURRENT));
            String first = there == null || isRecord(there)
                    ? null
                    : there.keySet().stream().findFirst().orElse(null);
            Map<String, @Nullable Object> displaced = first == null || there == null ? null : map(there.get(first));
            if (first != null && displaced != null) {
                SessionName path = new SessionName(
                        Fields.text(displaced, Fields.TENANT), Fields.text(displaced, Fields.USERNAME), first);
                store(path, first, displaced);
                next.putAll(there);
                next.remove(first);
                next.remove(name.client());
            }
            next.put(name.client(), new LinkedHashMap<>(record));
            root.put(CURRENT, next);
        } else {
            next.put(name.client(), new LinkedHashMap<>(record));
            root.put(CURRENT, next);
            store(name, name.client(), record);
        }
    }

    /** Removes a record that stands there, and what is empty around it. */
    void remove(Place.Session session) {
        SessionName path = session.path();
        Map<String, @Nullable Object> tenants = map(root.get(SESSIONS));
        Map<String, @Nullable Object> users = tenants == null ? null : map(tenants.get(path.tenant()));
        Map<String, @Nullable Object> clients = users == null ? null : map(users.get(path.username()));
        if (tenants != null && users != null && clients != null) {
            clients.remove(path.client());
            removeIfEmpty(users, path.username(), clients);
            removeIfEmpty(tenants, path.tenant(), users);
        }
    }

    /** Removes a record from under {@code current}. */
    void remove(Place.InUse use) {
        Map<String, @Nullable Object> there = map(root.get(CURRENT));
        if (use.client() == null || there == null) {
            root.put(CURRENT, new LinkedHashMap<String, @Nullable Object>());
        } else {
            there.remove(use.client());
        }
    }

    private static void removeIfEmpty(Map<String, @Nullable Object> container, String name, Map<?, ?> inside) {
        if (inside.isEmpty()) {
            container.remove(name);
        }
    }

    /** Whether there is nothing in it but the two names, with nothing in them. */
    boolean isVacant() {
        return root.keySet().stream().allMatch(key -> key.equals(CURRENT) || key.equals(SESSIONS))
                && root.values().stream().allMatch(value -> value instanceof Map<?, ?> map && map.isEmpty());
    }

    byte[] bytes() {
        return IndentedJson.write(root);
    }
}
