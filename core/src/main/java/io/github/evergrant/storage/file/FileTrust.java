package io.github.evergrant.storage.file;

import io.github.evergrant.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file store may be used, by what the system says of the file: what it is, whose, and who else may read it.
 *
 * <p>Never opens the file. Safe for many threads.
 */
public final class FileTrust {

    private static final String STORE = "token store";

    private final StorePlace place;
    private final String kind;
    private final StorageOptions options;
    private final int user;
    private final AtomicBoolean warned = new AtomicBoolean();

    public FileTrust(StorePlace place, StorageOptions options) {
        this(place, STORE, options);
    }

    /** @param kind what the file is, for messages: a token store, unless this says otherwise */
    public FileTrust(StorePlace place, String kind, StorageOptions options) {
        this(place, kind, options, Unix.effectiveUser());
    }

    /** @param user the effective user's number, or -1 when it is not known */
    FileTrust(StorePlace place, StorageOptions options, int user) {
        this(place, STORE, options, user);
    }

    private FileTrust(StorePlace place, String kind, StorageOptions options, int user) {
        this.place = place;
        this.kind = kind;
        this.options = options;
        this.user = user;
    }

    /**
     * A regular file of ours.
     *
     * @param key which file it is: one that took its place has another
     * @param sign of its state, as of {@link StorePlace#sign(Path)}
     * @param openToOthers whether anybody else may read or write it, so that it must be judged
     */
    public record Seen(Object key, Object sign, boolean openToOthers) {}

    /**
     * Looks at the file.
     *
     * @return null when there is none
     * @throws io.github.evergrant.error.StorageFailure when it is another thing than a file, or another user's
     */
    public @Nullable Seen look() {
        Path file = place.real();
        try {
            Unix.Stat stat = place.stat(file);
            if (stat == null) {
                return null;
            }
            if (!stat.regular()) {
                throw Failures.of(
                        "store_not_a_file",
                        file,
                        "The " + kind + " " + file + " is " + (stat.directory() ? "a folder." : "not a regular file."),
                        "Name a file.");
            }
            if (!Unix.mayUse(file, stat, user)) {
                throw Failures.of(
                        "store_not_ours",
                        file,
                        "The " + kind + " " + file + " belongs to another user.",
                        "Use one of your own, or run as its owner.");
            }
            return new Seen(stat.key(), StorePlace.sign(stat), stat.isOpenToOthers());
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    /**
     * Judges a file that is open to others: our own is refused, another program's is warned of once.
     *
     * @param writtenByEvergrant whether its content says that it is our own
     * @throws io.github.evergrant.error.StorageFailure code {@code store_permissions}
     */
    public void judgeOpen(boolean writtenByEvergrant) {
        Path file = place.real();
        String fact = "The " + kind + " " + file + " can be read or written by others.";
        if (options.strictPermissions() || writtenByEvergrant || place.hasFolder()) {
            throw Failures.of("store_permissions", file, fact, "chmod 600 " + file);
        }
        if (warned.compareAndSet(false, true)) {
            options.warnings()
                    .accept(fact + " It becomes private when it is next written; until then: chmod 600 " + file);
        }
    }

    /** Makes the file 0600. */
    public void makePrivate() {
        Path file = place.real();
        try {
            Unix.makePrivate(file);
        } catch (IOException e) {
            throw Failures.unwritable(file, e);
        }
    }
}
