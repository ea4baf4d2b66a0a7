package io.github.evergrant.storage.adopted;

import io.github.evergrant.storage.Journal;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal of a session wherever that is kept, found anew at each call. */
final class FoundJournal implements Journal {

    private final AdoptingTokenStorage all;
    private final String namespace;

    FoundJournal(AdoptingTokenStorage all, String namespace) {
        this.all = all;
        this.namespace = namespace;
    }

    @Override
    public Map<String, @Nullable Object> read() {
        return all.at(namespace, (storage, there) -> storage.journal(there).read());
    }

    @Override
    public void write(Map<String, @Nullable Object> state) {
        change(journal -> journal.write(state));
    }

    @Override
    public void writeAlone(Map<String, @Nullable Object> state) {
        change(journal -> journal.writeAlone(state));
    }

    @Override
    public boolean mayBeLast() {
        return all.at(namespace, (storage, there) -> storage.journal(there).mayBeLast());
    }

    @Override
    public void delete() {
        change(Journal::delete);
    }

    private void change(Consumer<Journal> change) {
        all.at(namespace, (storage, there) -> {
            change.accept(storage.journal(there));
            return null;
        });
    }
}
