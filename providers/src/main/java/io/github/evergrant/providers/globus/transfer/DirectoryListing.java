package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Document;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A directory of a collection, or a part of it.
 *
 * @param endpoint the collection's id
 * @param path which directory, as the service writes it: with a slash at its end; possibly empty
 * @param entries what lies in it
 * @param total how many there are in the whole directory, if the service says so
 * @param document all that the service said, entries included
 */
public record DirectoryListing(
        String endpoint, String path, List<FileEntry> entries, OptionalLong total, Document document) {

    public DirectoryListing {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(path, "path");
        entries = List.copyOf(entries);
        Objects.requireNonNull(document, "document");
    }

    static DirectoryListing read(String endpoint, Document document) {
        return new DirectoryListing(
                endpoint,
                document.text("path").orElse(""),
                document.at("DATA").items().stream()
                        .map(FileEntry::read)
                        .flatMap(Optional::stream)
                        .toList(),
                document.number("total"),
                document);
    }
}
