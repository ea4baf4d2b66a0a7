package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Document;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What lies in a directory of a collection.
 *
 * @param name as it is on its disk: it may hold anything but a slash, and is not fit for a terminal as it is
 * @param type {@code file}, {@code dir} and others of a Unix file system; possibly empty
 * @param size in bytes, if it is known
 * @param lastModified if it is known
 * @param permissions in octal, {@code 0644}; possibly empty
 * @param user who owns it there; possibly empty
 * @param group which group; possibly empty
 * @param linkTarget where a symbolic link leads
 * @param document all that the service says of it
 */
public record FileEntry(
        String name,
        String type,
        OptionalLong size,
        Optional<Instant> lastModified,
        String permissions,
        String user,
        String group,
        Optional<String> linkTarget,
        Document document) {

    public FileEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(document, "document");
    }

    public boolean isDirectory() {
        return type.equals("dir");
    }

    /** Nothing when the document names no file. */
    static Optional<FileEntry> read(Document document) {
        return document.text("name")
                .map(name -> new FileEntry(
                        name,
                        document.text("type").orElse(""),
                        document.number("size"),
                        document.time("last_modified"),
                        document.text("permissions").orElse(""),
                        document.text("user").orElse(""),
                        document.text("group").orElse(""),
                        document.text("link_target"),
                        document));
    }
}
