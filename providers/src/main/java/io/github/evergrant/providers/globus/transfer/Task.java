package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Document;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Work that Globus Transfer does, or did.
 *
 * @param id a UUID
 * @param type {@code TRANSFER} or {@code DELETE}; possibly empty
 * @param status how far it is
 * @param label as its owner wrote it; possibly empty, and not fit for a terminal as it is
 * @param requested when it was submitted
 * @param completed when it ended; nothing as long as it has not
 * @param files how many it is about, as far as is known by now
 * @param filesTransferred how many are done
 * @param bytesTransferred how much is done
 * @param document all that the service says of it: why it does not get on is in {@code nice_status}, why it failed in
 *     {@code fatal_error}
 */
public record Task(
        String id,
        String type,
        Status status,
        String label,
        Optional<Instant> requested,
        Optional<Instant> completed,
        OptionalLong files,
        OptionalLong filesTransferred,
        OptionalLong bytesTransferred,
        Document document) {

    /** How far a task is. */
    public enum Status {
        /** It is at work, or waits for its turn. */
        ACTIVE,
        /** It does not go on before somebody does something: credentials have ended. */
        INACTIVE,
        SUCCEEDED,
        /** Some of it was not done, or its time was over, or somebody cancelled it. */
        FAILED,
        /** Something that was unknown when this was written. */
        OTHER
    }

    public Task {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(document, "document");
    }

    /** Whether it is over, well or not. */
    public boolean isDone() {
        return status == Status.SUCCEEDED || status == Status.FAILED;
    }

    /** Nothing when the document names no task. */
    static Optional<Task> read(Document document) {
        return document.text("task_id")
                .map(id -> new Task(
                        id,
                        document.text("type").orElse(""),
                        status(document.text("status").orElse("")),
                        document.text("label").orElse(""),
                        document.time("request_time"),
                        document.time("completion_time"),
                        document.number("files"),
                        document.number("files_transferred"),
                        document.number("bytes_transferred"),
                        document));
    }

    private static Status status(String word) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElse(Status.OTHER);
    }
}
