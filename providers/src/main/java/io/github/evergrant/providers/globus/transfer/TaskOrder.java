package io.github.evergrant.providers.globus.transfer;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task shall do, to be submitted as often as it takes: with the same submission id, it is done once. */
public sealed interface TaskOrder permits TransferOrder, DeleteOrder {

    /** By which the service knows a second submission for the first; nothing when it is still to be fetched. */
    Optional<String> submissionId();

    /** The same under a submission id that was fetched before: keep it, and a crash cannot make two tasks of one. */
    TaskOrder withSubmissionId(String id);

    /** The resource that takes it: {@code transfer} or {@code delete}. */
    String resource();

    /** The document that is submitted. */
    Map<String, @Nullable Object> toJson();
}
