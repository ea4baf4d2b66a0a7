package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Document;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an order.
 *
 * @param taskId the task that does it
 * @param submissionId under which it was submitted
 * @param isDuplicate whether it had been submitted before, and the task is that one's
 * @param document all that the service said
 */
public record Submission(String taskId, String submissionId, boolean isDuplicate, Document document) {

    public Submission {
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(submissionId, "submissionId");
        Objects.requireNonNull(document, "document");
    }

    /** Nothing when the document names no task. */
    static Optional<Submission> read(Document document, String submissionId) {
        boolean duplicate = document.text("code").filter("Duplicate"::equals).isPresent();
        return document.text("task_id").map(id -> new Submission(id, submissionId, duplicate, document));
    }
}
