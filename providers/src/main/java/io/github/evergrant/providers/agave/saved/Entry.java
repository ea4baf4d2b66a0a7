package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.MalformedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One session with all its copies in the files. For one thread. */
final class Entry {

    private static final Set<String> OF_CLIENT = Set.of(Fields.KEY, Fields.SECRET);

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

    /** The freshest of those that are its client's. */
    Copy freshest() {
        return ours().get(0);
    }

    /** The copies that name its client or none, the freshest first; copies of a former client's session are not among them. */
    private List<Copy> ours() {
        String key = key();
        return copies.stream().filter(copy -> isOf(key, copy)).toList();
    }

    /** Whether a copy is its client's, as far as the copy says. */
    boolean isItsClients(Copy copy) {
        return isOf(key(), copy);
    }

    private static boolean isOf(String key, Copy copy) {
        return keyOf(copy).isEmpty() || keyOf(copy).equals(key);
    }

    private static String keyOf(Copy copy) {
        return Fields.text(copy.fields(), Fields.KEY);
    }

    /** Whether its client has that name, among others. */
    boolean isCalled(String client) {
        return clients.contains(client);
    }

    /** Its names as texts, the right one first. */
    List<String> names() {
        return clients.stream().map(client -> name.withClient(client).text()).toList();
    }

    /**
     * Its client's key. A client that was created anew under the same name has no tokens yet: how fresh those of the former
     * one are says nothing, and the copy in use is the one that was saved last.
     */
    String key() {
        return Stream.concat(
                        copies.stream().filter(copy -> copy.isInUse() && !Fields.hasTokens(copy.fields())),
                        copies.stream())
                .map(Entry::keyOf)
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
     * are the next one's. Of a former client's copies nothing is taken that is that client's own.
     */
    Map<String, @Nullable Object> merged() {
        List<Copy> ours = ours();
        List<Copy> all = new ArrayList<>(ours);
        copies.stream().filter(copy -> !ours.contains(copy)).forEach(all::add);
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (String field : Fields.ALL) {
            List<Copy> askable = OF_CLIENT.contains(field) ? ours : all;
            Object value = Fields.value(ours.get(0).fields(), field);
            for (int i = 1; i < askable.size() && !Fields.OF_TOKENS.contains(field) && isNothing(value); i++) {
                value = Fields.value(askable.get(i).fields(), field);
            }
            merged.put(field, value == null ? "" : value);
        }
        if (!name.tenant().isEmpty()) {
            merged.put(Fields.TENANT, name.tenant());
        }
        merged.put(Fields.USERNAME, name.username());
        merged.put(Fields.BASE_URL, Fields.withoutSlash(Fields.text(merged, Fields.BASE_URL)));
        for (Copy copy : all) {
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
