package io.github.evergrant.storage.adopted;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.FileTrust;
import io.github.evergrant.storage.file.StateFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are kept elsewhere, by the names that they have here: a private file of our own.
 *
 * <p>A file that cannot be read, or that others may write, adopts nothing: that is warned of once, and it is not written
 * over. Safe for many threads and processes.
 */
public final class Adoptions {

    private static final String SESSIONS = "sessions";

    private final StateFile file;
    private final FileTrust trust;
    private final StorageOptions options;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile Reading latest = new Reading("unread", Map.of());

    private Adoptions(StateFile file, StorageOptions options) {
        this.file = file;
        this.trust = new FileTrust(file.place(), "list of adopted sessions", options);
        this.options = options;
    }

    /** Those in a file, which need not be there yet. */
    public static Adoptions in(Path file, StorageOptions options) {
        return new Adoptions(StateFile.at(file), options);
    }

    /** What was read, and the sign that the file had. */
    private record Reading(Object sign, Map<String, KeptAt> sessions) {}

    /** All of them by name, in the order in which they came. */
    public Map<String, KeptAt> all() {
        Object sign = file.sign();
        Reading known = latest;
        if (!known.sign().equals(sign)) {
            known = new Reading(sign, readOrWarn());
            latest = known;
        }
        return known.sessions();
    }

    /** Where the session of that name is kept, if it was adopted. */
    public Optional<KeptAt> of(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** Why the file cannot be used, if it cannot. */
    Optional<StorageFailure> fault() {
        try {
            read();
            return Optional.empty();
        } catch (StorageFailure e) {
            return Optional.of(e);
        }
    }

    /** Adds one. @return false when the name is that of another one; then nothing is changed */
    boolean add(String name, KeptAt place) {
        boolean[] added = {true};
        change(all -> {
            added[0] = !all.containsKey(name) || place.equals(all.get(name));
            if (added[0]) {
                all.put(name, place);
            }
        });
        return added[0];
    }

    /** Gives one another name. @return false when there is none, or the other name is taken; then nothing is changed */
    boolean rename(String from, String to) {
        boolean[] renamed = {false};
        change(all -> {
            KeptAt place = all.get(from);
            renamed[0] = place != null && !all.containsKey(to);
            if (place != null && renamed[0]) {
                all.remove(from);
                all.put(to, place);
            }
        });
        return renamed[0];
    }

    /** Forgets one. @return whether there was one */
    boolean remove(String name) {
        boolean[] removed = {false};
        change(all -> removed[0] = all.remove(name) != null);
        return removed[0];
    }

    private interface Change {
        void of(Map<String, KeptAt> all);
    }

    private void change(Change change) {
        file.change(json -> {
            requireOurs();
            Map<String, KeptAt> before = sessions(json);
            Map<String, KeptAt> after = new LinkedHashMap<>(before);
            change.of(after);
            if (after.equals(before)) {
                return json;
            }
            Map<String, @Nullable Object> sessions = new LinkedHashMap<>();
            after.forEach((name, place) ->
                    sessions.put(name, Map.of("store", place.address(), "namespace", place.namespace())));
            Map<String, @Nullable Object> next = new LinkedHashMap<>(json);
            next.put("version", 1);
            next.put(SESSIONS, sessions);
            return next;
        });
    }

    private Map<String, KeptAt> readOrWarn() {
        try {
            return read();
        } catch (StorageFailure e) {
            if (warned.compareAndSet(false, true)) {
                String fault = String.valueOf(e.getMessage());
                options.warnings()
                        .accept((fault.endsWith(".") ? fault.substring(0, fault.length() - 1) : fault)
                                + ". Until that is mended, sessions of other stores are not known here: " + e.advice());
            }
            return Map.of();
        }
    }

    private Map<String, KeptAt> read() {
        requireOurs();
        return Collections.unmodifiableMap(sessions(file.read()));
    }

    /** It says where tokens are read and written, as the store itself does. */
    private void requireOurs() {
        FileTrust.Seen seen = trust.look();
        if (seen != null && seen.openToOthers()) {
            trust.judgeOpen(true);
        }
    }

    private static Map<String, KeptAt> sessions(Map<String, @Nullable Object> json) {
        Map<String, KeptAt> all = new LinkedHashMap<>();
        if (json.get(SESSIONS) instanceof Map<?, ?> sessions) {
            sessions.forEach((name, value) -> {
                if (value instanceof Map<?, ?> place
                        && place.get("store") instanceof String store
                        && place.get("namespace") instanceof String namespace) {
                    all.put(String.valueOf(name), new KeptAt(store, namespace));
                }
            });
        }
        return all;
    }
}
