package io.github.evergrant.storage.file;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Leases;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.storage.Faults;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.Names;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.JsonValues;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Token data in one file, of whatever format: a subclass says how bytes become a {@link TokenDocument} and back.
 *
 * <p>All else is done here: the file is written beside its place, synced and renamed, private, and only if it still
 * holds what was read; threads and processes take turns by {@code <store>.lock}; journals and configuration are below
 * {@code <store>.d/}; half a file, as a program without such care leaves it for a moment, is read again before it is
 * reported; a record that cannot be read hides no other. How to begin: {@code docs/own-storage.md}.
 *
 * <p>A format that has more than one file keeps the others as {@link CompanionFile}s, reads them when it is asked to parse,
 * and writes them in {@link #beforeWrite} and {@link #afterWrite}.
 */
public abstract class FileTokenStorage implements TokenStorage {

    private final String scheme;
    private final StorePlace place;
    private final StoreFile file;
    private final LockFile lock;
    private final StorageOptions options;
    private final Configurations configurations;

    /**
     * A store at a path, where nothing need be yet.
     *
     * @param scheme what stands before the colon in its address
     */
    protected FileTokenStorage(String scheme, Path path, StorageOptions options) {
        this(scheme, path, options, Unix.effectiveUser(), new Renamer());
    }

    /**
     * The same in a folder in whose place a file may be, as long as nothing is written.
     *
     * @param making makes the folder, if it must, before anything is written
     */
    protected FileTokenStorage(String scheme, Path path, StorageOptions options, Runnable making) {
        this(scheme, StorePlace.of(path, making), options, Unix.effectiveUser(), new Renamer());
    }

    /** @param user the effective user's number, or -1 when it is not known */
    FileTokenStorage(String scheme, Path path, StorageOptions options, int user, Renamer renamer) {
        this(scheme, StorePlace.of(path), options, user, renamer);
    }

    private FileTokenStorage(String scheme, StorePlace place, StorageOptions options, int user, Renamer renamer) {
        this.scheme = scheme;
        this.options = options;
        this.place = place;
        this.file = new StoreFile(place, options, user, renamer);
        this.lock = place.lock();
        this.configurations = new Configurations(place);
    }

    /** A document that holds nothing, for a file that is not there yet. */
    protected abstract TokenDocument empty();

    /**
     * Reads a document.
     *
     * @param bytes the whole file as it is at the moment; at least one byte; not to be changed
     * @throws MalformedDocument when they are no whole document: then the file is read again as long as it changes,
     *     since it may be half written, and then reported as {@code store_corrupt}
     * @throws io.github.evergrant.error.StorageFailure when they are a whole document of some other kind
     */
    protected abstract TokenDocument parse(byte[] bytes) throws MalformedDocument;

    /** As {@link #parse(byte[])}, for a format that can spare itself what is not asked for. */
    TokenDocument parse(byte[] bytes, DocumentPart part) throws MalformedDocument {
        return parse(bytes);
    }

    /**
     * Whether its one file is all there is to a store, and nothing is done before it is written: then a change may be tried
     * on what was last seen of the file, and is made again if there was something else.
     */
    boolean isOneFile() {
        return false;
    }

    /**
     * A document that can take what another one holds, of which parts are put into it next: by default the same. The other
     * one is what another program made of the file.
     */
    protected TokenDocument widened(TokenDocument document, TokenDocument other) {
        return document;
    }

    /**
     * Says what is there instead of a file that stays damaged, for reading only: such a file is never written.
     *
     * @param why what is thrown where there is nothing else
     */
    protected TokenDocument damaged(StorageFailure why) {
        throw why;
    }

    /**
     * Called with each document before its file is written, or found to be as it is to be; in the store's mutex. If it
     * throws, nothing is written.
     */
    protected void beforeWrite(TokenDocument document) {}

    /** Called with a document after its file was written, or found to be as it is to be; in the store's mutex. */
    protected void afterWrite(TokenDocument document) {}

    /** A file of other programs in the same folder, part of the same store. */
    protected final CompanionFile companion(String name) {
        return CompanionFile.shared(place, name, options);
    }

    /** A file of other programs elsewhere that is read as part of the store. */
    protected final CompanionFile companion(Path path) {
        return CompanionFile.elsewhere(place, path, options);
    }

    /** A file of ours alone, below {@code <store>.d/}. */
    protected final CompanionFile privateCompanion(String name) {
        return CompanionFile.ours(place, name, options);
    }

    @Override
    public String address() {
        return scheme + ":" + place.given();
    }

    /** The path as it was given, made absolute. */
    public final Path path() {
        return place.given();
    }

    /** The path behind all links. */
    final Path realPath() {
        return place.real();
    }

    @Override
    public boolean exists() {
        return Files.exists(place.real());
    }

    @Override
    public final List<String> namespaces() {
        return names().namespaces();
    }

    /** The document as far as names go. */
    final TokenDocument names() {
        return document(new DocumentPart.Names());
    }

    @Override
    public final void requireNamespace(String namespace) {
        Names.require(namespace);
        file.read(this, new DocumentPart.Names()).requireNamespace(namespace);
    }

    /** {@inheritDoc} A record that cannot be read is left out; {@link #read(String, String)} names it. */
    @Override
    public final Map<String, TokenData> read(String namespace) {
        return section(namespace).read();
    }

    /** @throws io.github.evergrant.error.StorageFailure code {@code token_malformed} when the record cannot be read */
    @Override
    public final Optional<TokenData> read(String namespace, String resourceServer) {
        TokenDocument document = file.read(this, new DocumentPart.Entry(namespace, resourceServer));
        return section(document, namespace).read(resourceServer);
    }

    private DocumentSection section(String namespace) {
        return section(document(new DocumentPart.Namespace(namespace)), namespace);
    }

    private TokenDocument document(DocumentPart part) {
        try {
            return file.read(this, part);
        } catch (StorageFailure e) {
            if (e.code().equals(StoreFile.CORRUPT)) {
                return damaged(e);
            }
            throw e;
        }
    }

    /** The document as it is now, for a subclass that knows more of it. */
    protected final TokenDocument document() {
        return document(new DocumentPart.All());
    }

    private DocumentSection section(TokenDocument document, String namespace) {
        return new DocumentSection(place.real(), document, namespace);
    }

    @Override
    public final void forEach(BiConsumer<String, Supplier<Map<String, TokenData>>> visitor) {
        TokenDocument document = document();
        for (String namespace : document.namespaces()) {
            visitor.accept(namespace, () -> section(document, namespace).read());
        }
    }

    @Override
    public final boolean replace(String namespace, Map<String, Fingerprint> seen, Map<String, TokenData> next) {
        Replacement change = new Replacement(seen, next);
        return change.isEmpty()
                || change(namespace, document -> section(document, namespace).replace(change) ? document : null);
    }

    @Override
    public final boolean remove(String namespace) {
        return exists() && change(namespace, document -> document.remove(namespace) ? document : null);
    }

    /** As {@link #rewrite}, where one namespace is changed. */
    private boolean change(String namespace, Function<TokenDocument, @Nullable TokenDocument> change) {
        return inMutex(namespace, () -> rewritten(new DocumentPart.Changing(namespace), change));
    }

    /**
     * Rewrites the file in one step.
     *
     * @param session whom a failure concerns
     * @param change gives what is to be written, or null when nothing is; called again when another program has written
     *     meanwhile
     * @return whether there was anything to write
     */
    protected final boolean rewrite(@Nullable String session, Function<TokenDocument, @Nullable TokenDocument> change) {
        return inMutex(session, () -> rewritten(new DocumentPart.All(), change));
    }

    /** As {@link #rewrite}, and what it makes another program lose is left to the caller. */
    final boolean rewriteOnly(Function<TokenDocument, @Nullable TokenDocument> change) {
        return lock.inMutex(null, () -> rewritten(new DocumentPart.All(), change));
    }

    /** Rewrites the store's file, and lets a format that has several write the others. */
    private boolean rewritten(DocumentPart part, Function<TokenDocument, @Nullable TokenDocument> change) {
        List<TokenDocument> last = new ArrayList<>();
        boolean any = file.rewrite(this, part, document -> {
            TokenDocument next = change.apply(document);
            if (next != null) {
                beforeWrite(next);
                last.add(next);
            }
            return next;
        });
        if (any) {
            afterWrite(last.get(last.size() - 1));
        }
        return any;
    }

    final TokenDocument readAll() {
        return file.read(this, new DocumentPart.All());
    }

    /** Whether the journal of a namespace names a pair: then Evergrant knew it before, and it was not stored just now. */
    final boolean isKnown(String namespace, Fingerprint fingerprint) {
        try {
            return Json.text(journal(namespace).read()).contains(fingerprint.hex());
        } catch (StorageFailure e) {
            // A damaged journal is reported to whoever needs the session.
            return false;
        }
    }

    private <T extends @Nullable Object> T inMutex(@Nullable String session, Supplier<T> step) {
        try {
            return lock.inMutex(session, step);
        } finally {
            // Others wait for the mutex, and this waits for programs that know of none. Nested, the outermost does it.
            if (file.salvages().isNeeded() && !lock.isInMutex()) {
                file.salvages().run(this);
            }
        }
    }

    @Override
    public final List<String> configurationNames(String namespace) {
        return configurations.names(namespace);
    }

    @Override
    public final Optional<Map<String, @Nullable Object>> configuration(String namespace, String name) {
        return configurations.read(namespace, name);
    }

    @Override
    public final void storeConfiguration(String namespace, String name, Map<String, @Nullable Object> value) {
        Names.require(name);
        Map<String, @Nullable Object> copy = JsonValues.requireStorable(name, value);
        lock.inMutex(namespace, () -> configurations.store(namespace, name, copy));
    }

    @Override
    public final boolean removeConfiguration(String namespace, String name) {
        // Looked for first: where there is nothing to remove, no lock file is made.
        return configurations.read(namespace, name).isPresent()
                && lock.inMutex(namespace, () -> configurations.remove(namespace, name));
    }

    @Override
    public final Journal journal(String namespace) {
        return new FileJournal(place, lock, namespace);
    }

    @Override
    public final List<Journal> journals() {
        return FileJournal.all(place, lock);
    }

    @Override
    public final List<StorageFailure> faults(String namespace) {
        Faults faults = new Faults();
        return faults.of(() -> section(namespace).flaws().forEach(faults::add)).all();
    }

    @Override
    public List<StorageFailure> faults() {
        Faults faults = new Faults();
        faults.of(() -> {
            TokenDocument document = readAll();
            for (String namespace : document.namespaces()) {
                faults.of(() -> section(document, namespace).flaws().forEach(faults::add));
                faults.of(() -> configurations.names(namespace));
            }
        });
        return faults.of(() -> journals().forEach(journal -> faults.of(journal::read)))
                .all();
    }

    @Override
    public final Leases leases() {
        return lock;
    }

    @Override
    public Object sign(String namespace) {
        return List.of(StorePlace.sign(place.real()), new FileJournal(place, lock, namespace).sign());
    }

    @Override
    public final <T extends @Nullable Object> T inOneStep(String namespace, Supplier<T> step) {
        return inMutex(namespace, step);
    }

    /** Only the lock file stays open, which belongs to the whole JVM. */
    @Override
    public void close() {
        file.salvages().close(this);
    }
}
