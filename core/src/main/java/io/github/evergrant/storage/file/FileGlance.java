package io.github.evergrant.storage.file;

import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file store and its journals as they stand, for a program that has no time to load what reads them in full. Nothing is
 * waited for, made, healed or warned of: whatever is not plain is nothing, and asked of the store itself.
 *
 * <p>Immutable.
 */
public final class FileGlance {

    private final StorePlace place;
    private final byte[] text;

    private FileGlance(StorePlace place, byte[] text) {
        this.place = place;
        this.text = text;
    }

    /**
     * Reads a store.
     *
     * @return null unless it is a private file of ours
     * @throws io.github.evergrant.error.StorageFailure when it is somebody else's, or no file
     * @throws IOException when it cannot be read
     */
    public static @Nullable FileGlance at(Path store) throws IOException {
        StorePlace place = StorePlace.of(store);
        FileTrust.Seen seen = new FileTrust(place, StorageOptions.DEFAULT).look();
        if (seen == null || seen.openToOthers()) {
            return null;
        }
        byte[] text = AtomicFile.read(place.real(), Failures.LIMIT);
        return text == null ? null : new FileGlance(place, text);
    }

    /** The bytes of the store; not to be changed. */
    public byte[] text() {
        return text;
    }

    /**
     * Reads the journals that may be the one of a namespace: its own, and those of others that read alike. Each says in
     * itself whose it is.
     *
     * @return their texts; null when one of them is not plain
     * @throws io.github.evergrant.error.StorageFailure when their folder is somebody else's
     * @throws IOException when one cannot be read
     */
    public @Nullable List<byte[]> journals(String namespace) throws IOException {
        return journals(place, namespace);
    }

    /** The same beside a store of any format. */
    public static @Nullable List<byte[]> journals(StorePlace place, String namespace) throws IOException {
        List<byte[]> all = new ArrayList<>();
        String[] names = place.trustFolder() ? place.folder().toFile().list() : new String[0];
        if (names == null) {
            return null;
        }
        for (String name : names) {
            if (FileJournal.mayBe(name, namespace)) {
                byte[] journal = JournalSlots.glance(place.folder().resolve(name));
                if (journal == null) {
                    return null;
                }
                all.add(journal);
            }
        }
        return all;
    }
}
