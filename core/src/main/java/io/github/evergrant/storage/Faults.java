package io.github.evergrant.storage;

import io.github.evergrant.error.StorageFailure;
import java.util.ArrayList;
import java.util.List;

/** What comes of looking at all that a storage holds: one failure does not hide the next. For one thread. */
public final class Faults {

    private final List<StorageFailure> all = new ArrayList<>();

    /** Looks at something, and notes the failure if that cannot be done. */
    public Faults of(Runnable look) {
        try {
            look.run();
        } catch (StorageFailure e) {
            all.add(e);
        }
        return this;
    }

    public void add(StorageFailure fault) {
        all.add(fault);
    }

    /** In the order in which they were found. */
    public List<StorageFailure> all() {
        return List.copyOf(all);
    }
}
