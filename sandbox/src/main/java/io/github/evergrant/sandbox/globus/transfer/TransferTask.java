package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.token.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A task, from its submission on. Whoever uses it holds the lock of {@link TransferState}. */
final class TransferTask {

    private static final Duration DEADLINE = Duration.ofDays(1);

    /**
     * What was asked for.
     *
     * @param type {@code TRANSFER} or {@code DELETE}
     * @param target the destination of a transfer, or where to delete
     */
    record Order(
            String type, SandboxCollection source, SandboxCollection target, List<Item> items, JsonNode document) {}

    /** @param to empty when it is to be deleted */
    record Item(String from, String to, boolean recursive) {}

    final String id;
    final String submissionId;
    final Person owner;
    final Order order;
    final Instant requested;
    final Instant due;
    private final long files;
    private final long bytes;
    private String status = "ACTIVE";
    private @Nullable Instant completed;
    private @Nullable ObjectNode fatalError;

    TransferTask(
            String id,
            String submissionId,
            Person owner,
            Order order,
            Instant requested,
            Duration takes,
            long files,
            long bytes) {
        this.id = id;
        this.submissionId = submissionId;
        this.owner = owner;
        this.order = order;
        this.requested = requested;
        this.due = requested.plus(takes);
        this.files = files;
        this.bytes = bytes;
    }

    boolean isActive() {
        return status.equals("ACTIVE");
    }

    String status() {
        return status;
    }

    void succeed() {
        status = "SUCCEEDED";
        completed = due;
    }

    void fail(Instant when, String code, String description) {
        status = "FAILED";
        completed = when;
        fatalError = Json.object().put("code", code).put("description", description);
    }

    ObjectNode json(Instant now) {
        double done = status.equals("SUCCEEDED") ? 1 : isActive() ? share(now) : 0;
        boolean transfer = order.type().equals("TRANSFER");
        ObjectNode json = Json.object()
                .put("DATA_TYPE", "task")
                .put("task_id", id)
                .put("type", order.type())
                .put("status", status)
                .put("label", order.document().path("label").stringValue(null))
                .put("owner_id", owner.id())
                .put("request_time", time(requested))
                .put("completion_time", completed == null ? null : time(completed))
                .put("deadline", time(requested.plus(DEADLINE)))
                .put("source_endpoint_id", order.source().id())
                .put("source_endpoint_display_name", order.source().name())
                .put("destination_endpoint_id", transfer ? order.target().id() : null)
                .put(
                        "destination_endpoint_display_name",
                        transfer ? order.target().name() : null);
        json.put("command", "API 0.10")
                .put("files", files)
                .put("directories", 0)
                .put("symlinks", 0)
                .put("files_transferred", transfer ? (long) (files * done) : 0)
                .put("files_skipped", 0)
                .put("bytes_transferred", transfer ? (long) (bytes * done) : 0)
                .put("bytes_checksummed", 0)
                .put("effective_bytes_per_second", 0)
                .put("faults", fatalError == null ? 0 : 1)
                .put("subtasks_total", files)
                .put("subtasks_pending", isActive() ? files : 0)
                .put("subtasks_succeeded", status.equals("SUCCEEDED") ? files : 0)
                .put("subtasks_failed", fatalError == null ? 0 : files)
                .put("is_paused", false)
                .put("history_deleted", false);
        if (isActive()) {
            json.put("is_ok", true).put("nice_status", "OK").put("nice_status_short_description", "OK");
        } else {
            json.putNull("is_ok").putNull("nice_status").putNull("nice_status_short_description");
        }
        json.set("fatal_error", fatalError == null ? Json.object().nullNode() : fatalError);
        return json;
    }

    private double share(Instant now) {
        long whole = Math.max(1, Duration.between(requested, due).toMillis());
        return Math.min(1.0, (double) Duration.between(requested, now).toMillis() / whole);
    }

    /** As Globus writes it: with an offset. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
    }
}
