package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.providers.agave.saved.Copy.Place;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code config.json} and {@code current} together, changed in memory by two kinds of writers.
 *
 * <p><b>Write-through</b> ({@link #put}) brings every copy of a session to the same state, so that whichever program reads
 * whichever copy gets the newest pair. <b>Strict</b> ({@link #putAsPython}) leaves what line A leaves (docs/protocols/agave.md
 * section 4.3.3). Neither discards a record of another session, or a field that has no name here. For one thread.
 */
final class SavedFiles {

    private final ConfigFile config;
    private @Nullable Object current;
    private final List<Map<String, @Nullable Object>> imported;
    private Index index;
    private boolean changed;
    private boolean currentChanged;

    /**
     * What was read; changed in place.
     *
     * @param current what {@code current} holds, or null when there is no such file or it cannot be used
     * @param imported the records of {@code .agpy}, when they count
     */
    SavedFiles(ConfigFile config, @Nullable Object current, List<Map<String, @Nullable Object>> imported) {
        this.config = config;
        this.current = current;
        this.imported = imported;
        this.index = new Index(copies());
    }

    private List<Copy> copies() {
        List<Copy> all = new ArrayList<>(config.sessions());
        all.addAll(config.inUse());
        all.addAll(inCurrentFile());
        all.addAll(imported());
        return all;
    }

    private List<Copy> imported() {
        List<Copy> all = new ArrayList<>();
        for (Map<String, @Nullable Object> record : imported) {
            all.add(new Copy(new Place.Imported(), record));
        }
        return all;
    }

    private List<Copy> inCurrentFile() {
        List<Copy> all = new ArrayList<>();
        List<?> records = current instanceof List<?> list ? list : current == null ? List.of() : List.of(current);
        for (int i = 0; i < records.size(); i++) {
            Map<String, @Nullable Object> record = ConfigFile.map(records.get(i));
            if (record != null) {
                all.add(new Copy(new Place.CurrentFile(i), record));
            }
        }
        return all;
    }

    List<Entry> entries() {
        return index.entries();
    }

    /** By any of its names. */
    @Nullable
    Entry find(SessionName name) {
        return index.find(name);
    }

    /**
     * The session in use: that of {@code current}, unless {@code config.json} has a fresher one in use.
     *
     * @return null when there is none
     */
    @Nullable
    Entry inUse() {
        List<Copy> candidates = new ArrayList<>();
        inCurrentFile().stream().limit(1).forEach(candidates::add);
        config.inUse().stream().limit(1).forEach(candidates::add);
        if (candidates.isEmpty()) {
            candidates.addAll(imported());
        }
        return candidates.stream()
                .min(Comparator.<Copy>comparingLong(copy -> -Fields.createdAt(copy.fields()))
                        .thenComparingInt(copy -> copy.place().rank()))
                .map(index::of)
                .orElse(null);
    }

    /** Whether the copy in {@code current} is a session's, and when its pair came; before all time when it is not. */
    long createdInCurrentFile(SessionName name) {
        Entry entry = find(name);
        return entry == null
                ? Long.MIN_VALUE
                : entry.copies().stream()
                        .filter(copy -> copy.place() instanceof Place.CurrentFile)
                        .mapToLong(copy -> Fields.createdAt(copy.fields()))
                        .max()
                        .orElse(Long.MIN_VALUE);
    }

    /**
     * Puts a session's record wherever the session stands, and under {@code sessions} in any case.
     *
     * @param use whether it becomes the one in use; it does anyway where none is
     * @throws MalformedDocument when something else stands in the way
     */
    void put(SessionName name, Map<String, @Nullable Object> record, boolean use) throws MalformedDocument {
        Entry entry = find(name);
        SessionName own = entry == null ? name : entry.name();
        Entry former = inUse();
        boolean inUse = use || former == null || former == entry;
        if (inUse) {
            config.begin();
        }
        SessionName home = home(own);
        rescueOthers(own, home, inUse);
        config.store(home, own.client(), record);
        for (Copy copy : entry == null ? List.<Copy>of() : entry.copies()) {
            if (copy.place() instanceof Place.Session session && !session.strange()) {
                config.store(session.path(), own.client(), record);
            } else if (copy.isInUse() && !inUse) {
                overwrite(copy.fields(), own.client(), record);
                currentChanged |= copy.place() instanceof Place.CurrentFile;
            }
        }
        if (inUse) {
            setInUse(own.client(), record);
        } else if (former != null && isStale(former, Copy::isInUse)) {
            setInUse(former.name().client(), former.merged());
        }
        indexAgain();
    }

    /** The session in use, when {@code current} has an older pair of it than there is: a save was cut short. */
    @Nullable
    Entry outdatedInCurrentFile() {
        Entry inUse = inUse();
        return inUse != null && isStale(inUse, copy -> copy.place() instanceof Place.CurrentFile) ? inUse : null;
    }

    /** Whether the session in use has an older pair where programs look for it: somebody saved only one of the files. */
    private static boolean isStale(Entry inUse, Predicate<Copy> which) {
        Map<String, @Nullable Object> freshest = inUse.freshest().fields();
        return inUse.copies().stream()
                .filter(copy -> which.test(copy) && inUse.isItsClients(copy))
                .anyMatch(copy -> !List.of(Fields.ACCESS, Fields.REFRESH).stream()
                        .allMatch(name -> Fields.text(copy.fields(), name).equals(Fields.text(freshest, name))));
    }

    private void setInUse(String client, Map<String, @Nullable Object> record) {
        config.setInUse(client, record);
        Map<String, @Nullable Object> alone = new LinkedHashMap<>(record);
        alone.put(Fields.NAME, client);
        current = alone;
        currentChanged = true;
    }

    /** What another session has only where this one is going to stand is put where it belongs. */
    private void rescueOthers(SessionName own, SessionName home, boolean inUse) throws MalformedDocument {
        Set<SessionName> overwritten = new HashSet<>(Set.of(home));
        Map<SessionName, Entry> rescued = new LinkedHashMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Entry entry : entries()) {
                if (!entry.name().equals(own)
                        && !rescued.containsKey(entry.name())
                        && entry.copies().stream().anyMatch(copy -> isLost(copy, overwritten, inUse))) {
                    rescued.put(entry.name(), entry);
                    overwritten.add(home(entry.name()));
                    more = true;
                }
            }
        }
        Map<Entry, Map<String, @Nullable Object>> records = new LinkedHashMap<>();
        rescued.values().forEach(entry -> records.put(entry, entry.merged()));
        for (Map.Entry<Entry, Map<String, @Nullable Object>> each : records.entrySet()) {
            Entry entry = each.getKey();
            boolean there = entry.freshest().place() instanceof Place.Session session && !session.strange();
            if (!there && (entry.hasTokens() || !entry.key().isEmpty())) {
                config.store(home(entry.name()), entry.name().client(), each.getValue());
            }
        }
    }

    private static boolean isLost(Copy copy, Set<SessionName> overwritten, boolean inUse) {
        return copy.place() instanceof Place.Imported
                || (inUse && copy.isInUse())
                || (copy.place() instanceof Place.Session session
                        && session.strange()
                        && overwritten.contains(session.path()));
    }

    /** Where a session belongs in {@code sessions}. */
    private SessionName home(SessionName name) {
        Entry entry = find(name);
        for (Copy copy : entry == null ? List.<Copy>of() : entry.copies()) {
            if (copy.place() instanceof Place.Session session && !session.strange()) {
                return session.path();
            }
        }
        return name;
    }

    private static void overwrite(
            Map<String, @Nullable Object> place, String client, Map<String, @Nullable Object> record) {
        boolean named = place.containsKey(Fields.NAME);
        place.clear();
        place.putAll(record);
        if (named) {
            place.put(Fields.NAME, client);
        }
    }

    /**
     * Saves as line A does: the session in use before goes to {@code sessions}, this one takes its place. What cannot be
     * used of {@code current} is replaced, where Python fails.
     */
    void putAsPython(SessionName name, Map<String, @Nullable Object> record) throws MalformedDocument {
        config.displace(name, record);
        current = new LinkedHashMap<>(record);
        currentChanged = true;
        indexAgain();
    }

    /**
     * Removes a session from all places. When it was in use the freshest of the others is from now on: without one in use
     * Python's library fails to save.
     */
    void forget(SessionName name) throws MalformedDocument {
        Entry entry = find(name);
        if (entry == null) {
            return;
        }
        boolean inUse = entry == inUse();
        rescueOthers(entry.name(), home(entry.name()), false);
        for (Copy copy : entry.copies()) {
            removeFrom(copy);
        }
        indexAgain();
        if (inUse) {
            Entry next = entries().stream()
                    .min(Comparator.comparing(Entry::freshest, Copy.FRESHEST_FIRST))
                    .orElse(null);
            if (next != null) {
                put(next.name(), next.merged(), true);
            }
        }
    }

    private void removeFrom(Copy copy) {
        if (copy.place() instanceof Place.Session session) {
            config.remove(session);
        } else if (copy.place() instanceof Place.InUse use) {
            config.remove(use);
        } else if (copy.place() instanceof Place.CurrentFile) {
            currentChanged = true;
            if (current instanceof List<?> list && list.size() > 1) {
                list.removeIf(copy.fields()::equals);
            } else {
                current = null;
            }
        }
    }

    private void indexAgain() {
        changed = true;
        imported.clear();
        index = new Index(copies());
    }

    /** Whether anything was changed. */
    boolean isChanged() {
        return changed;
    }

    /** Whether {@code current} was changed. */
    boolean isCurrentChanged() {
        return currentChanged;
    }

    /** Whether {@code config.json} would hold nothing: Python's library saves where there is no file, not in that one. */
    boolean isVacant() {
        return entries().isEmpty() && config.isVacant();
    }

    byte[] configBytes() {
        return config.bytes();
    }

    /** What {@code current} is to hold; null when there is to be no such file. */
    byte @Nullable [] currentBytes() {
        Map<String, @Nullable Object> record = ConfigFile.map(current);
        if (record != null) {
            return IndentedJson.writeSorted(record);
        }
        return current == null ? null : Json.write(current);
    }
}
