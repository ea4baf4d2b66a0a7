package io.github.evergrant.cli.login;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which process leads a login, and what it asks a person to open: its own terminal may be one that nobody sees. */
final class SharedAddress {

    private final LoginNote note;

    SharedAddress(Path folder, String key) {
        this.note = new LoginNote(folder, key, "address");
    }

    /**
     * A login that is under way.
     *
     * @param process the number of the process that leads it
     * @param address to be opened
     */
    record Open(long process, URI address) {}

    void put(URI address) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("process", ProcessHandle.current().pid());
        json.put("address", address.toString());
        note.write(json);
    }

    void remove() {
        note.delete();
    }

    Optional<Open> get() {
        return note.read().flatMap(json -> {
            if (json.get("process") instanceof Number process && json.get("address") instanceof String address) {
                try {
                    return Optional.of(new Open(process.longValue(), URI.create(address)));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        });
    }
}
