package io.github.evergrant.cli.quick;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session of which storage and journal say the same, so that nothing is to be judged (docs/renewal.md section 5.3).
 *
 * @param provider with whom it is, or null when that was not noted
 * @param records what there is for each resource server
 * @param usual the resource server that was named at login, or null
 */
record SeenSession(
        String name,
        @Nullable String provider,
        Map<String, SeenRecord> records,
        @Nullable String usual) {

    /**
     * What may stand in a journal and, but for the heads and marks, changes nothing about a token that is good. All else does,
     * an end or an answer, or is not known here.
     */
    private static final Set<String> QUIET = Set.of(
            "namespace",
            "version",
            "session",
            "login",
            "rotates",
            "heads",
            "superseded",
            "unsaved",
            "history",
            "marks",
            "intent",
            "failure",
            "last_renewal");

    /**
     * Looks at a session.
     *
     * @param name which one, or null for the only one
     * @return null unless it is plain
     */
    static @Nullable SeenSession at(Sight sight, @Nullable String name) throws IOException {
        SeenStore store = sight.stored(name);
        String session = store == null ? null : store.session();
        // The storage first: a save is in the journal before it is in the storage, so the journal, read later, knows
        // it.
        List<byte[]> journals = session == null ? null : sight.journals(session);
        if (store == null || journals == null) {
            return null;
        }
        Map<?, ?> journal = null;
        for (byte[] each : journals) {
            Map<?, ?> read = PlainJson.object(each);
            Object whose = read.get("namespace");
            if (!(whose instanceof String)) {
                return null;
            }
            journal = whose.equals(session) ? read : journal;
        }
        return journal == null ? unknown(store) : agreed(store, journal);
    }

    /** Of another program's session, of which we never wrote anything. */
    private static @Nullable SeenSession unknown(SeenStore store) {
        Map<String, SeenRecord> records = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : store.records().entrySet()) {
            SeenRecord stored = SeenRecord.stored(each.getValue());
            if (stored == null) {
                return null;
            }
            records.put((String) each.getKey(), stored);
        }
        return ofOne(store, Map.of(), records);
    }

    private static @Nullable SeenSession agreed(SeenStore store, Map<?, ?> journal) {
        boolean quiet = Long.valueOf(1).equals(journal.get("version"))
                && QUIET.containsAll(journal.keySet())
                && (!(journal.get("marks") instanceof Map<?, ?> marks) || marks.isEmpty());
        if (!quiet
                || !(journal.get("heads") instanceof Map<?, ?> heads)
                || !heads.keySet().equals(store.records().keySet())) {
            return null;
        }
        Map<String, SeenRecord> records = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : store.records().entrySet()) {
            SeenRecord stored = SeenRecord.stored(each.getValue());
            SeenRecord noted = SeenRecord.noted(heads.get(each.getKey()));
            if (stored == null || noted == null || !stored.isSamePair(noted)) {
                return null;
            }
            records.put((String) each.getKey(), stored.end() < noted.end() ? stored : noted);
        }
        return ofOne(store, journal.get("session") instanceof Map<?, ?> facts ? facts : Map.of(), records);
    }

    /** Null when its tokens are several people's. */
    private static @Nullable SeenSession ofOne(SeenStore store, Map<?, ?> facts, Map<String, SeenRecord> records) {
        String ours = null;
        for (SeenRecord each : records.values()) {
            String whose = each.identity();
            if (ours != null && whose != null && !ours.equals(whose)) {
                return null;
            }
            ours = ours == null ? whose : ours;
        }
        return new SeenSession(store.session(), text(facts, "provider"), records, text(facts, "resource_server"));
    }

    private static @Nullable String text(Map<?, ?> facts, String name) {
        return facts.get(name) instanceof String text ? text : null;
    }

    /**
     * The tokens for a resource server.
     *
     * @param named which one, or null for the one that was named at login, or the only one
     */
    @Nullable
    SeenRecord record(@Nullable String named) {
        String meant = named == null ? usual : named;
        if (meant != null) {
            return records.get(meant);
        }
        return records.size() == 1 ? records.values().iterator().next() : null;
    }
}
