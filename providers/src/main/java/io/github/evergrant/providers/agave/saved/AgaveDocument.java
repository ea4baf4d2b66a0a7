package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.agave.saved.Remainders.State;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.file.TokenDocument;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Agave files as a document of token data: a saved session is a namespace, its pair the record of one resource server.
 * What else such a record has, and further records, are among the {@link Remainders}. For one thread.
 */
final class AgaveDocument implements TokenDocument {

    /** What a pair is for: all services of its tenant. */
    private static final String AGAVE = "agave";

    private static final List<String> IN_FILES = List.of("access_token", "refresh_token", "expires_at_seconds");

    private final SavedFiles files;
    private final Remainders remainders;
    private final Read read;
    private final InstantSource clock;
    private final OurSessions known;
    private @Nullable AgaveDocument lender;
    private final Map<SessionName, State> before = new LinkedHashMap<>();
    private final Map<SessionName, Map<String, @Nullable Object>> after = new LinkedHashMap<>();

    /**
     * @param read what the files held
     * @param known what our journals know
     */
    AgaveDocument(SavedFiles files, Remainders remainders, Read read, InstantSource clock, OurSessions known) {
        this.files = files;
        this.remainders = remainders;
        this.read = read;
        this.clock = clock;
        this.known = known;
    }

    Read read() {
        return read;
    }

    SavedFiles files() {
        return files;
    }

    /** A session with what it has of records: the pair, as {@code main}, and others. */
    private record Section(
            List<String> names,
            @Nullable Entry entry,
            @Nullable String main,
            Map<String, @Nullable Object> records) {}

    /** What the files have of a session, if anything. */
    @Nullable
    Entry entry(String namespace) {
        try {
            return files.find(SessionName.of(namespace));
        } catch (InvalidInput e) {
            return null;
        }
    }

    private Section section(String namespace) {
        SessionName name;
        try {
            name = SessionName.of(namespace);
        } catch (InvalidInput e) {
            return new Section(List.of(namespace), null, null, Map.of());
        }
        Entry entry = files.find(name);
        List<String> names = entry == null ? List.of(namespace) : entry.names();
        Map<String, @Nullable Object> changed = after.get(entry == null ? name : entry.name());
        Map<String, @Nullable Object> records =
                changed == null ? remainders.find(names, pairOf(entry)).records() : changed;
        if (entry == null || !entry.hasTokens()) {
            return new Section(names, entry, null, others(records));
        }
        String main = mainOf(records);
        if (main != null) {
            return new Section(names, entry, main, records);
        }
        main = AGAVE;
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(main, Map.of());
        records.forEach(all::putIfAbsent);
        return new Section(names, entry, main, all);
    }

    /** The one without tokens of its own. */
    private static @Nullable String mainOf(Map<String, @Nullable Object> records) {
        return records.entrySet().stream()
                .filter(each -> isMain(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static boolean isMain(@Nullable Object record) {
        return record instanceof Map<?, ?> map && !map.containsKey("access_token");
    }

    private static Map<String, @Nullable Object> others(Map<String, @Nullable Object> records) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(records);
        others.values().removeIf(AgaveDocument::isMain);
        return others;
    }

    private static @Nullable String pairOf(@Nullable Entry entry) {
        return entry == null || !entry.hasTokens()
                ? null
                : bare(entry, AGAVE).fingerprint().hex();
    }

    /** A pair as the files alone tell of it. A tenant knows people by their names: that is the identity. */
    private static TokenData bare(Entry entry, String resourceServer) {
        Map<String, @Nullable Object> fields = entry.freshest().fields();
        String refresh = Fields.text(fields, Fields.REFRESH);
        return new TokenData(
                resourceServer,
                Secret.of(Fields.text(fields, Fields.ACCESS)),
                refresh.isEmpty() ? null : Secret.of(refresh),
                "Bearer",
                Scopes.NONE,
                Times.expiry(fields),
                entry.name().username().isEmpty() ? null : entry.name().username(),
                Map.of());
    }

    @Override
    public List<String> namespaces() {
        Set<String> all = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (Entry entry : files.entries()) {
            if (entry.hasTokens()) {
                all.add(entry.name().text());
                others.addAll(entry.names());
            }
        }
        for (String name : remainders.names()) {
            if (!others.contains(name) && !section(name).records().isEmpty()) {
                all.add(name);
            }
        }
        return List.copyOf(all);
    }

    @Override
    public List<String> resourceServers(String namespace) {
        return List.copyOf(section(namespace).records().keySet());
    }

    @Override
    public TokenData read(String namespace, String resourceServer) throws MalformedDocument {
        Section section = section(namespace);
        Object stored = section.records().get(resourceServer);
        Entry entry = section.entry();
        if (entry == null || !resourceServer.equals(section.main())) {
            return TokenObject.parse(resourceServer, stored);
        }
        entry.requireReadable();
        TokenData bare = bare(entry, resourceServer);
        Map<String, @Nullable Object> whole = TokenObject.write(bare, null);
        if (stored instanceof Map<?, ?> more && !more.isEmpty()) {
            whole.keySet().retainAll(IN_FILES);
            more.forEach((name, value) -> whole.put(String.valueOf(name), value));
        }
        return TokenObject.parse(resourceServer, whole);
    }

    /** {@inheritDoc} One session has one name: leases and journals go by it, and by another they would be others. */
    @Override
    public void requireNamespace(String namespace) {
        Entry entry = entry(namespace);
        if (entry != null && !entry.name().text().equals(namespace)) {
            String right = entry.name().text();
            throw new InvalidInput(Problem.of(
                            "name_is_alias",
                            "The session " + Json.shown(namespace) + " is called " + Json.shown(right) + ".")
                    .withAdvice("Use that name.")
                    .withSession(namespace));
        }
    }

    @Override
    public void put(String namespace, String resourceServer, TokenData data) throws MalformedDocument {
        SessionName name = SessionName.of(namespace);
        Section section = change(name, namespace);
        Map<String, @Nullable Object> records = records(section, name);
        boolean empty = data.accessToken().reveal().isEmpty() && data.refreshToken() == null;
        if (empty || (section.main() != null && !section.main().equals(resourceServer))) {
            records.put(resourceServer, TokenObject.write(data, records.get(resourceServer)));
            return;
        }
        Map<String, @Nullable Object> more = TokenObject.write(data, records.get(resourceServer));
        IN_FILES.forEach(more::remove);
        records.put(resourceServer, more);
        Entry entry = section.entry();
        Map<String, @Nullable Object> lent = lent(name, data);
        if (lent != null) {
            files.put(name, lent, false);
            return;
        }
        Map<String, @Nullable Object> record = entry == null
                ? new SavedSession(name.tenant(), "", name.username(), name.client(), "", null, null).fields()
                : entry.merged();
        record.putAll(known.fields(namespace, Fields.text(record, Fields.KEY), data.fingerprint()));
        // Between the two renames of a save the copy in "current" is the older one, and must be seen to be.
        boolean same = entry != null
                && data.fingerprint().equals(bare(entry, resourceServer).fingerprint());
        long last = files.createdInCurrentFile(name);
        record.put(Fields.ACCESS, data.accessToken().reveal());
        Secret refresh = data.refreshToken();
        record.put(Fields.REFRESH, refresh == null ? "" : refresh.reveal());
        record.putAll(Times.of(
                data.expiry(), record, clock.instant(), same || last == Long.MIN_VALUE ? Long.MIN_VALUE : last + 1));
        files.put(name, record, false);
    }

    @Override
    public void remove(String namespace, String resourceServer) throws MalformedDocument {
        SessionName name = SessionName.of(namespace);
        Section section = change(name, namespace);
        records(section, name).remove(resourceServer);
        if (resourceServer.equals(section.main())) {
            removePair(section);
        }
    }

    @Override
    public boolean remove(String namespace) {
        Section section = section(namespace);
        if (section.records().isEmpty()) {
            return false;
        }
        SessionName name = SessionName.of(namespace);
        records(change(name, namespace), name).clear();
        try {
            removePair(section);
            return true;
        } catch (MalformedDocument e) {
            // What stands around a record that was read is an object.
            throw new IllegalStateException(e);
        }
    }

    /** The client stays, since nobody tells its secret again; a record that names none is of no more use. */
    private void removePair(Section section) throws MalformedDocument {
        Entry entry = section.entry();
        if (entry == null) {
            return;
        }
        if (entry.key().isEmpty()) {
            files.forget(entry.name());
        } else {
            Map<String, @Nullable Object> record = entry.merged();
            record.putAll(SavedTokens.fields(null));
            files.put(entry.name(), record, false);
        }
    }

    /** The section, of which is noted what it was before the first change. */
    private Section change(SessionName name, String namespace) {
        Section section = section(namespace);
        SessionName key = section.entry() == null ? name : section.entry().name();
        before.computeIfAbsent(key, first -> new State(pairOf(section.entry()), section.records()));
        after.computeIfAbsent(key, first -> new LinkedHashMap<>(section.records()));
        return section;
    }

    private Map<String, @Nullable Object> records(Section section, SessionName name) {
        SessionName key = section.entry() == null ? name : section.entry().name();
        return after.computeIfAbsent(key, first -> new LinkedHashMap<>());
    }

    /**
     * The remainders as they are to be before the files change: with the state that goes with the pair that is there, and
     * the one that goes with the pair to come.
     *
     * @return null when nothing of them changes
     */
    @Nullable
    Remainders remaindersToBe() {
        if (after.isEmpty()) {
            return null;
        }
        for (Map.Entry<SessionName, Map<String, @Nullable Object>> each : after.entrySet()) {
            SessionName name = each.getKey();
            State was = before.getOrDefault(name, State.NONE);
            Entry entry = files.find(name);
            State next = new State(pairOf(entry), each.getValue());
            List<State> states = new ArrayList<>();
            if (!Objects.equals(was.pair(), next.pair())) {
                states.add(was);
            }
            states.add(next);
            boolean needed = states.stream().anyMatch(state -> isNeeded(entry, state));
            remainders.put(entry == null ? List.of(name.text()) : entry.names(), needed ? states : List.<State>of());
        }
        return remainders;
    }

    /** Whether a state says more than the files alone. */
    private static boolean isNeeded(@Nullable Entry entry, State state) {
        if (state.records().isEmpty()) {
            return false;
        }
        Map.Entry<String, @Nullable Object> only =
                state.records().entrySet().iterator().next();
        if (state.records().size() > 1 || entry == null || !isMain(only.getValue())) {
            return true;
        }
        Map<String, @Nullable Object> plain = TokenObject.write(bare(entry, AGAVE), null);
        plain.keySet().removeAll(IN_FILES);
        boolean isPlain = only.getValue() instanceof Map<?, ?> map && (map.isEmpty() || map.equals(plain));
        return !isPlain || !only.getKey().equals(AGAVE);
    }

    /** Whether sessions are removed. */
    boolean isRemoving() {
        return after.values().stream().anyMatch(Map::isEmpty);
    }

    /**
     * Forgets the remainders of sessions that were removed, once nothing needs the state before any more.
     *
     * @return whether there were any
     */
    boolean forgetRemoved(Remainders stored) {
        boolean any = false;
        for (Map.Entry<SessionName, Map<String, @Nullable Object>> each : after.entrySet()) {
            Entry entry = files.find(each.getKey());
            if (each.getValue().isEmpty()) {
                List<String> names = entry == null ? List.of(each.getKey().text()) : entry.names();
                any |= names.stream().anyMatch(stored.names()::contains);
                stored.put(names, List.of());
            }
        }
        return any;
    }

    /** Takes clients and further fields from what another program made of the files, for records that are put next. */
    void borrowFrom(AgaveDocument other) {
        lender = other;
    }

    /** The record that another program saved with this very pair, if there is one. */
    private @Nullable Map<String, @Nullable Object> lent(SessionName name, TokenData data) {
        AgaveDocument other = lender;
        Entry entry = other == null ? null : other.files.find(name);
        boolean same = entry != null && data.fingerprint().hex().equals(pairOf(entry));
        return same && entry != null ? entry.merged() : null;
    }

    /** {@inheritDoc} What was read, byte for byte, when only the remainders change. */
    @Override
    public byte[] bytes() {
        byte[] former = read.config();
        return former != null && !files.isChanged() ? former : files.configBytes();
    }

    @Override
    public boolean isWrittenByEvergrant() {
        return false;
    }
}
