package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the Agave files cannot hold of sessions: scopes, type and identity of the tokens, and tokens for further resource
 * servers. Kept in a private file, by session.
 *
 * <p>A session has its records here in one state, or, around a save, in two: each says which token pair of the Agave files
 * it goes with. So the two files need not change at one moment: the state that counts changes with the pair. A pair that
 * is in none of them was saved by another program; it goes with the last one. For one thread.
 */
final class Remainders {

    private static final String SESSIONS = "sessions";

    private final Map<String, @Nullable Object> root;

    Remainders(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static Remainders none() {
        return new Remainders(new LinkedHashMap<>());
    }

    static Remainders parse(byte[] bytes) throws MalformedDocument {
        Map<String, @Nullable Object> root = Json.readObject(bytes);
        if (root.get(SESSIONS) instanceof Map<?, ?>) {
            return new Remainders(root);
        }
        throw new MalformedDocument("sessions is not an object");
    }

    /**
     * A state of a session's records.
     *
     * @param pair the fingerprint of the pair it goes with, or null when it goes with none
     * @param records by resource server, in stored order
     */
    record State(@Nullable String pair, Map<String, @Nullable Object> records) {

        static final State NONE = new State(null, Map.of());

        Map<String, @Nullable Object> toJson() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("pair", pair);
            json.put("records", records);
            return json;
        }
    }

    /** The sessions that have something here. */
    List<String> names() {
        return List.copyOf(sessions().keySet());
    }

    /**
     * The state that goes with a pair, or else the last one.
     *
     * @param names those of the session, the right one first
     */
    State find(List<String> names, @Nullable String pair) {
        for (String name : names) {
            List<State> states = states(sessions().get(name));
            for (State state : states) {
                if (Objects.equals(state.pair(), pair)) {
                    return state;
                }
            }
            if (!states.isEmpty()) {
                return states.get(states.size() - 1);
            }
        }
        return State.NONE;
    }

    /** Puts the states of a session in the place of the former ones; the last is the one to come. */
    void put(List<String> names, List<State> states) {
        Map<String, @Nullable Object> sessions = sessions();
        names.forEach(sessions::remove);
        if (!states.isEmpty()) {
            sessions.put(names.get(0), states.stream().map(State::toJson).toList());
        }
        root.put("version", 1);
        root.put(SESSIONS, sessions);
    }

    byte[] bytes() {
        return Json.write(root);
    }

    boolean isEmpty() {
        return sessions().isEmpty();
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> sessions() {
        return root.get(SESSIONS) instanceof Map<?, ?> map
                ? (Map<String, @Nullable Object>) map
                : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked")
    private static List<State> states(@Nullable Object stored) {
        List<State> all = new ArrayList<>();
        for (Object each : stored instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> json && json.get("records") instanceof Map<?, ?> records) {
                String pair = json.get("pair") instanceof String text ? text : null;
                all.add(new State(pair, (Map<String, @Nullable Object>) records));
            }
        }
        return all;
    }
}
