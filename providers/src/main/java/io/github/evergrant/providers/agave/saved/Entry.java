package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.MalformedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session with all its copies in the files. For one thread. */
final class Entry {

    private final SessionName name;
    private final Set<String> clients = new LinkedHashSet<>();
    private final List<Copy> copies = new ArrayList<>();

    Entry(SessionName name) {
        this.name = name;
        clients.add(name.client());
    }

    SessionName name() {
        return name;
    }

    void add(Copy copy) {
        copies.add(copy);
        copies.sort(Copy.FRESHEST_FIRST);
    }

    /** Takes over what was filed under the client's key, since the client has a name after all. */
    void absorb(Entry nameless) {
        clients.addAll(nameless.clients);
        nameless.copies.forEach(this::add);
    }

    /** All copies, the freshest first. */
    List<Copy> copies() {
        return List.copyOf(copies);
    }

    Copy freshest() {
        return copies.get(0);
    }

    /** Whether its client has that name, among others. */
    boolean isCalled(String client) {
        return clients.contains(client);
    }

    /** Its names as texts, the right one first. */
    List<String> names() {
        return clients.stream().map(client -> name.withClient(client).text()).toList();
    }

    String key() {
        return copies.stream()
                .map(copy -> Fields.text(copy.fields(), Fields.KEY))
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElse("");
    }

    boolean hasTokens() {
        return Fields.hasTokens(freshest().fields());
    }

    void requireReadable() throws MalformedDocument {
        Fields.requireTokens(freshest().fields());
    }

    /**
     * Its record: the freshest copy; what that lacks of tenant, client and the like, and fields that have no name here,
     * are the next one's.
     */
    Map<String, @Nullable Object> merged() {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (String field : Fields.ALL) {
            Object value = Fields.value(freshest().fields(), field);
            for (int i = 1; i < copies.size() && !Fields.OF_TOKENS.contains(field) && isNothing(value); i++) {
                value = Fields.value(copies.get(i).fields(), field);
            }
            merged.put(field, value == null ? "" : value);
        }
        if (!name.tenant().isEmpty()) {
            merged.put(Fields.TENANT, name.tenant());
        }
        merged.put(Fields.USERNAME, name.username());
        merged.put(Fields.BASE_URL, Fields.withoutSlash(Fields.text(merged, Fields.BASE_URL)));
        for (Copy copy : copies) {
            copy.fields().forEach((field, value) -> {
                if (!Fields.isKnown(field)) {
                    merged.putIfAbsent(field, value);
                }
            });
        }
        return merged;
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.equals("");
    }
}
