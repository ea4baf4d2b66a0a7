package io.github.evergrant.storage.file;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.Names;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a document: its records, judged one by one, so that a bad one does not hide the good.
 *
 * @param file what failures name
 */
record DocumentSection(Path file, TokenDocument document, String namespace) {

    /** The records that can be read. */
    Map<String, TokenData> read() {
        return readable(resourceServers());
    }

    /** @throws StorageFailure code {@code token_malformed} when there is a record that cannot be read */
    Optional<TokenData> read(String resourceServer) {
        if (!resourceServers().contains(resourceServer)) {
            return Optional.empty();
        }
        try {
            return Optional.of(document.read(namespace, resourceServer));
        } catch (MalformedDocument e) {
            throw malformed(resourceServer, e);
        }
    }

    /**
     * Changes the document if its records are still what was seen. One that cannot be read cannot have been seen, so it
     * counts as absent and may be written over: that is how a login mends it.
     */
    boolean replace(Replacement change) {
        List<String> there = resourceServers();
        Map<String, TokenData> stored =
                readable(change.named().stream().filter(there::contains).toList());
        if (!change.fits(stored)) {
            return false;
        }
        Names.require(namespace);
        change.next().keySet().forEach(Names::require);
        try {
            for (String resourceServer : change.removed()) {
                document.remove(namespace, resourceServer);
            }
            for (Map.Entry<String, TokenData> each : change.successors(stored).entrySet()) {
                document.put(namespace, each.getKey(), each.getValue());
            }
            return true;
        } catch (MalformedDocument e) {
            throw malformed(null, e);
        }
    }

    /** What of it cannot be read. */
    List<StorageFailure> flaws() {
        List<StorageFailure> all = new ArrayList<>();
        for (String resourceServer : resourceServers()) {
            try {
                document.read(namespace, resourceServer);
            } catch (MalformedDocument e) {
                all.add(malformed(resourceServer, e));
            }
        }
        return all;
    }

    private List<String> resourceServers() {
        try {
            return document.resourceServers(namespace);
        } catch (MalformedDocument e) {
            throw malformed(null, e);
        }
    }

    private Map<String, TokenData> readable(List<String> resourceServers) {
        Map<String, TokenData> all = new LinkedHashMap<>();
        for (String resourceServer : resourceServers) {
            try {
                all.put(resourceServer, document.read(namespace, resourceServer));
            } catch (MalformedDocument e) {
                // Stays as it is, and is named to whoever asks for it.
                all.remove(resourceServer);
            }
        }
        return all;
    }

    private StorageFailure malformed(@Nullable String resourceServer, MalformedDocument flaw) {
        return Failures.malformed(file, namespace, resourceServer, flaw);
    }
}
