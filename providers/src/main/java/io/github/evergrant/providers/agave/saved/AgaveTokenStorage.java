package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.FileTokenStorage;
import io.github.evergrant.storage.file.TokenDocument;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Fingerprint;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that Agave's Python library and shell tools save, as a storage: {@code config.json} and {@code current} in
 * one folder.
 *
 * <p>All that four generations of these programs wrote is read; what is written is what the releases 0.8.0 to 0.9.5 of the
 * library write and all of them read (docs/protocols/agave.md section 4). A session is called {@code TENANT/USER/CLIENT}.
 * Of its copies the freshest counts, and a save brings all of them up to it. Tokens that are removed leave the session
 * with its client, as before the first login; {@link #forget} removes it altogether. Scopes and further resource servers,
 * for which the files have no place, are in {@code config.json.d/}.
 *
 * <p><b>Two files, no moment at which both change.</b> What the files cannot hold is written first, and says which pair it
 * goes with. Then {@code config.json} is renamed into place: from then on the new pair counts, since its copy is the
 * freshest, whichever files programs have replaced. {@code current} follows. A crash between the two leaves the older pair
 * in {@code current}, for the next save of any session here to bring up; meanwhile the Python library, which loads from
 * {@code config.json}, has the new pair, and the shell tools, which know only {@code current}, have the former one. When
 * {@code current} was replaced by another program meanwhile, theirs stays.
 *
 * <p>A damaged {@code config.json} is never written; of its sessions the one in use is still read, from {@code current}. A
 * damaged {@code current} is left as it is, and does not matter as long as there is {@code config.json}.
 */
public final class AgaveTokenStorage extends FileTokenStorage {

    static final String SCHEME = "agave";

    static final String CONFIG = "config.json";
    private static final String CURRENT = "current";

    private final Path folder;
    private final InstantSource clock;
    private final FolderFiles inFolder;
    private final OurSessions ours;

    private AgaveTokenStorage(Path folder, List<Path> legacy, StorageOptions options, InstantSource clock) {
        super(SCHEME, folder.resolve(CONFIG), options, () -> OldFolder.convert(folder, options));
        this.folder = folder;
        this.clock = clock;
        CurrentFile current = new CurrentFile(
                companion(CURRENT),
                OldFolder.places(folder).stream().map(this::companion).toList());
        this.inFolder = new FolderFiles(
                companion(CONFIG), current, privateCompanion("remainders.json"), new Agpy(legacy, options), options);
        this.ours = new OurSessions(this, clock);
    }

    /** Those in a folder, where nothing need be yet. */
    public static AgaveTokenStorage open(Path folder) {
        return open(folder, List.of(), StorageOptions.DEFAULT);
    }

    /**
     * Those in a folder, where nothing need be yet. Where the folder is a file, as the shell tools had it once, that is read
     * as {@code current}; before the first write it is made a folder, and the file {@code current} in it.
     *
     * @param legacy the files {@code .agpy} that are looked for where there are no others; the first one that is there is
     *     read, never written
     */
    public static AgaveTokenStorage open(Path folder, List<Path> legacy, StorageOptions options) {
        return open(folder, legacy, options, InstantSource.system());
    }

    static AgaveTokenStorage open(Path folder, List<Path> legacy, StorageOptions options, InstantSource clock) {
        return new AgaveTokenStorage(folder.toAbsolutePath(), legacy, options, clock);
    }

    /** {@inheritDoc} The folder's. */
    @Override
    public String address() {
        return SCHEME + ":" + folder;
    }

    @Override
    public boolean exists() {
        return super.exists() || inFolder.existBeside();
    }

    @Override
    public Object sign(String namespace) {
        return List.of(super.sign(namespace), inFolder.current().sign());
    }

    @Override
    public List<StorageFailure> faults() {
        List<StorageFailure> all = new ArrayList<>(super.faults());
        try {
            CurrentFile current = inFolder.current();
            current.read();
            if (all.isEmpty()) {
                current.outdated(files(), path()).ifPresent(all::add);
            }
        } catch (StorageFailure e) {
            all.add(e);
        }
        return List.copyOf(all);
    }

    /** {@inheritDoc} Tenant, user and client, as whoever saved the session wrote them. */
    @Override
    public Map<String, @Nullable Object> facts(String namespace) {
        Entry entry = ((AgaveDocument) document()).entry(namespace);
        return entry == null ? Map.of() : saved(entry).facts(Fields.createdAt(entry.merged()));
    }

    @Override
    protected TokenDocument empty() {
        try {
            return inFolder.empty(clock, ours);
        } catch (MalformedDocument e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
        return inFolder.document(bytes, Json.readObject(bytes), clock, ours);
    }

    /** {@inheritDoc} Beside the pair, what another program saved has a client, of which token data says nothing. */
    @Override
    protected TokenDocument widened(TokenDocument document, TokenDocument other) {
        ((AgaveDocument) document).borrowFrom((AgaveDocument) other);
        return document;
    }

    /** {@inheritDoc} The session in use, from {@code current}. */
    @Override
    protected TokenDocument damaged(StorageFailure why) {
        try {
            AgaveDocument document = inFolder.empty(clock, ours);
            if (document.read().current != null) {
                inFolder.warn(why.getMessage() + " Only the session in use is known.");
                return document;
            }
        } catch (StorageFailure | MalformedDocument e) {
            throw why;
        }
        throw why;
    }

    /** {@inheritDoc} So it was where another client has been saved in the place of ours, and nobody has logged in by it yet. */
    @Override
    public boolean missingMeansRemoved(String namespace) {
        Entry entry = ((AgaveDocument) document()).entry(namespace);
        return entry != null && !entry.hasTokens() && ours.isByAnother(namespace, entry.key());
    }

    /** {@inheritDoc} They say with which tenant a session is, whose, and by which client. */
    @Override
    public boolean namesAreFixed(String namespace) {
        return true;
    }

    /** {@inheritDoc} By the Python library and the shell tools, which know of no journal. */
    @Override
    public boolean isRenewedByOthers(String namespace) {
        return true;
    }

    @Override
    protected void beforeWrite(TokenDocument document) {
        inFolder.writeBefore((AgaveDocument) document);
    }

    @Override
    protected void afterWrite(TokenDocument document) {
        inFolder.writeAfter((AgaveDocument) document);
    }

    private SavedFiles files() {
        return ((AgaveDocument) document()).files();
    }

    /** All sessions, also those that have no tokens, in the order of the files. */
    public List<SavedSession> saved() {
        return files().entries().stream().map(AgaveTokenStorage::saved).toList();
    }

    private static SavedSession saved(Entry entry) {
        return SavedSession.of(entry.name(), entry.merged());
    }

    /** The session in use: the one that programs load which name none. */
    public Optional<SavedSession> current() {
        return Optional.ofNullable(files().inUse()).map(AgaveTokenStorage::saved);
    }

    /** The session of that name, if there is one. */
    public Optional<SavedSession> saved(String name) {
        return Optional.ofNullable(files().find(SessionName.of(name))).map(AgaveTokenStorage::saved);
    }

    /**
     * The session that is meant.
     *
     * @throws LoginRequired {@code no_saved_session} when there is none at all, {@code unknown_session} when none fits
     * @throws InvalidInput {@code ambiguous_session} when several fit
     */
    public SavedSession find(Selection selection) {
        SavedFiles files = files();
        return saved(selection.pick(files.entries(), files.inUse(), folder));
    }

    /**
     * Makes a session the one in use, for all programs.
     *
     * @throws LoginRequired {@code unknown_session} when there is none of that name
     */
    public void use(String name) {
        change(name, files -> {
            Entry entry = files.find(SessionName.of(name));
            if (entry == null) {
                throw unknown(name);
            }
            files.put(entry.name(), entry.merged(), true);
        });
    }

    /**
     * Saves a session and makes it the one in use. A fresher pair of the same client that is there already stays.
     *
     * @throws InvalidInput {@code client_name_missing} when its client has no name
     */
    public void save(SavedSession session) {
        save(session, true);
    }

    /**
     * Saves a session as {@link #save} does, and leaves the one in use as it is, if there is one.
     *
     * @throws InvalidInput {@code client_name_missing} when its client has no name
     */
    public void add(SavedSession session) {
        save(session, false);
    }

    private void save(SavedSession session, boolean use) {
        Saving.requireClient(session);
        inOneStep(session.name(), () -> {
            Entry former = files().find(session.sessionName());
            List<String> ending = ours.endingWith(session, former);
            Set<Fingerprint> stored = ours.pairs(session.name());
            change(session.name(), files -> {
                Entry entry = files.find(session.sessionName());
                Map<String, @Nullable Object> record = session.fields();
                if (entry != null) {
                    Saving.complete(record, entry.merged());
                }
                files.put(session.sessionName(), record, use);
            });
            // What is known of another client's session must not be put back in the place of this one.
            if (Collections.disjoint(stored, ours.pairs(session.name()))) {
                ending.forEach(name -> ours.end(name, stored));
            }
            return null;
        });
    }

    /**
     * Saves a session exactly as the Python library does, byte for byte: an older pair stays where it was filed
     * before, fields without a name here only where Python leaves them. For comparison; {@link #save} is what programs want.
     *
     * @throws InvalidInput {@code client_name_missing} when its client has no name
     */
    public void saveAsPython(SavedSession session) {
        Saving.requireClient(session);
        change(session.name(), files -> files.putAsPython(session.sessionName(), session.fields()));
    }

    /**
     * Removes a session from all files, with its client's key and secret, and ends it: a renewal that is under way does not
     * bring it back. Nothing is revoked.
     *
     * @return whether there was one
     */
    public boolean forget(String name) {
        SessionName wanted = SessionName.of(name);
        if (files().find(wanted) == null) {
            return false;
        }
        return inOneStep(name, () -> {
            Entry entry = files().find(wanted);
            if (entry == null) {
                return false;
            }
            Set<Fingerprint> stored = ours.pairs(name);
            entry.names().forEach(each -> ours.end(each, stored));
            remove(name);
            change(name, files -> files.forget(wanted));
            return true;
        });
    }

    private interface Change {
        void to(SavedFiles files) throws MalformedDocument;
    }

    private void change(String name, Change change) {
        rewrite(name, document -> {
            try {
                SavedFiles files = ((AgaveDocument) document).files();
                change.to(files);
                return files.isChanged() ? document : null;
            } catch (MalformedDocument e) {
                throw new StorageFailure(Problem.of(
                                "token_malformed",
                                "In the token store " + path() + ", session " + Json.shown(name)
                                        + " cannot be written: " + e.getMessage() + ".")
                        .withAdvice("Put the file right; it was not touched.")
                        .withSession(name)
                        .withPath(path()));
            }
        });
    }

    private static EvergrantException unknown(String name) {
        return new LoginRequired(Problem.of("unknown_session", "There is no saved session " + Json.shown(name) + ".")
                .withAdvice("List the sessions, or log in.")
                .withSession(name));
    }
}
