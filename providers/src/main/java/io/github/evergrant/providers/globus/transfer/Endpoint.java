package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Document;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint or collection of Globus Transfer.
 *
 * @param id a UUID
 * @param name what people call it, as its owner wrote it; possibly empty, and not fit for a terminal as it is
 * @param owner who it belongs to, for people; possibly empty
 * @param organization possibly empty
 * @param defaultDirectory where one is who names no path, if it says so
 * @param document all that the service says of it
 */
public record Endpoint(
        String id,
        String name,
        String owner,
        String organization,
        Optional<String> defaultDirectory,
        Document document) {

    public Endpoint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(document, "document");
    }

    /** Nothing when the document names no endpoint. */
    static Optional<Endpoint> read(Document document) {
        return document.text("id")
                .map(id -> new Endpoint(
                        id,
                        document.text("display_name").orElse(""),
                        document.text("owner_string").orElse(""),
                        document.text("organization").orElse(""),
                        document.text("default_directory"),
                        document));
    }
}
