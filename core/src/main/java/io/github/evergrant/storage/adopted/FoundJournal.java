package io.github.evergrant.storage.adopted;

import io.github.evergrant.storage.Journal;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal of a session wherever that is kept, found anew at each call. */
final class FoundJournal implements Journal {

    private final Routes routes;
    private final String namespace;

    FoundJournal(Routes routes, String namespace) {
        this.routes = routes;
        this.namespace = namespace;
    }

    @Override
    public Map<String, @Nullable Object> read() {
        return routes.at(namespace, (storage, there) -> storage.journal(there).read());
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
        return routes.at(namespace, (storage, there) -> storage.journal(there).mayBeLast());
    }

    @Override
    public void delete() {
        change(Journal::delete);
    }

    private void change(Consumer<Journal> change) {
        routes.runAt(namespace, (storage, there) -> change.accept(storage.journal(there)));
    }
}
