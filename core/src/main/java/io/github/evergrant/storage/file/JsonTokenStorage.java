package io.github.evergrant.storage.file;

import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import java.nio.file.Path;

/**
 * Token data in a JSON file that Python programs using globus_sdk may share: formats 1.0 and 2.0.
 *
 * <p>A file keeps its format. Format 1.0 holds the namespace {@code DEFAULT} only and no identities. Python takes no
 * lock, so a save of ours can be undone by a Python program that writes what it read earlier.
 */
public final class JsonTokenStorage extends FileTokenStorage {

    /** The only namespace that format 1.0 has, and the usual one of Python's programs in 2.0. */
    public static final String ONLY_NAMESPACE = JsonDocument.DEFAULT;

    private static final String FORMAT_1 = "json1";

    private final boolean newOnesAreFormat1;
    private final JsonOutlines outlines = new JsonOutlines();

    private JsonTokenStorage(String scheme, Path path, StorageOptions options, int user, Renamer renamer) {
        super(scheme, path, options, user, renamer);
        this.newOnesAreFormat1 = scheme.equals(FORMAT_1);
    }

    /** A store at a path, where nothing need be yet; a new one gets format 2.0. */
    public static JsonTokenStorage open(Path path) {
        return open(path, StorageOptions.DEFAULT);
    }

    public static JsonTokenStorage open(Path path, StorageOptions options) {
        return new JsonTokenStorage("json", path, options, Unix.effectiveUser(), new Renamer());
    }

    /** A store at a path; a new one gets format 1.0, for programs that use globus_sdk's first storage classes. */
    public static JsonTokenStorage openFormat1(Path path, StorageOptions options) {
        return new JsonTokenStorage(FORMAT_1, path, options, Unix.effectiveUser(), new Renamer());
    }

    static JsonTokenStorage openAs(int user, Path path) {
        return new JsonTokenStorage("json", path, StorageOptions.DEFAULT, user, new Renamer());
    }

    static JsonTokenStorage openWith(Renamer renamer, Path path, StorageOptions options) {
        return new JsonTokenStorage("json", path, options, Unix.effectiveUser(), renamer);
    }

    @Override
    protected TokenDocument empty() {
        return JsonDocument.empty(realPath(), newOnesAreFormat1);
    }

    @Override
    protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
        return parse(bytes, new DocumentPart.All());
    }

    @Override
    TokenDocument parse(byte[] bytes, DocumentPart part) throws MalformedDocument {
        JsonSection section = outlines.section(bytes, part);
        return section == null ? JsonDocument.parse(realPath(), bytes, part) : section;
    }

    @Override
    boolean isOneFile() {
        return true;
    }

    /** Remembers what was written, to find the next session in it. */
    @Override
    protected void afterWrite(TokenDocument document) {
        if (document instanceof JsonSection section) {
            outlines.keep(section.written());
        }
    }

    /** {@inheritDoc} Format 2.0 takes all that 1.0 holds, not the other way round. */
    @Override
    protected TokenDocument widened(TokenDocument document, TokenDocument other) {
        return document instanceof JsonDocument mine && other instanceof JsonDocument theirs && !theirs.isFormat1()
                ? mine.upgraded()
                : document;
    }

    /** Whether it has format 1.0, or will have once something is stored. */
    public boolean isFormat1() {
        return names() instanceof JsonDocument json && json.isFormat1();
    }

    /** Rewrites a store of format 1.0 in format 2.0, which older programs cannot read. @return whether it was 1.0 */
    public boolean upgrade() {
        return exists()
                && rewrite(
                        null,
                        document -> document instanceof JsonDocument json && json.isFormat1() ? json.upgraded() : null);
    }
}
