package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks: a person's own, one by its id, and its end before its time. */
final class TransferTasks {

    private static final int USUAL_LIMIT = 10;
    private static final int MOST = 1000;

    private final TransferState state;
    private final TransferRefusals refusals;
    private final TransferNumbers numbers;

    TransferTasks(TransferState state, TransferRefusals refusals) {
        this.state = state;
        this.refusals = refusals;
        this.numbers = new TransferNumbers(refusals);
    }

    Reply list(Request request, Person person) {
        long limit = numbers.count(request, "limit", USUAL_LIMIT, MOST);
        long offset = numbers.count(request, "offset", 0, Long.MAX_VALUE);
        Predicate<TransferTask> filter = filter(request, request.query().one("filter"));
        return state.look(now -> {
            List<TransferTask> all = state.tasks(person).stream().filter(filter).toList();
            ObjectNode json = Json.object()
                    .put("DATA_TYPE", "task_list")
                    .put("limit", limit)
                    .put("offset", offset)
                    .put("total", all.size());
            ArrayNode data = json.putArray("DATA");
            all.stream().skip(offset).limit(limit).forEach(task -> data.add(task.json(now)));
            json.put("length", data.size());
            return Reply.json(200, json);
        });
    }

    Reply one(Request request, Person person, String id) {
        return state.look(now -> Reply.json(200, task(request, person, id).json(now)));
    }

    Reply cancel(Request request, Person person, String id) {
        return state.look(now -> {
            TransferTask task = task(request, person, id);
            if (!task.isActive()) {
                return result(request, "TaskComplete", "The task completed before the cancel request was processed.");
            }
            task.fail(now, "CANCELED", "Canceled by the task's owner");
            return result(request, "Canceled", "The task has been cancelled successfully.");
        });
    }

    private Reply result(Request request, String code, String message) {
        return Reply.json(
                200,
                Json.object()
                        .put("DATA_TYPE", "result")
                        .put("code", code)
                        .put("message", message)
                        .put("request_id", refusals.requestId())
                        .put("resource", refusals.resource(request)));
    }

    private TransferTask task(Request request, Person person, String id) {
        return state.tasks(person).stream()
                .filter(task -> task.id.equals(id))
                .findFirst()
                .orElseThrow(() -> refusals.refusal(request, 404, "ClientError.NotFound", "No such task '" + id + "'"));
    }

    /** {@code status:ACTIVE,INACTIVE/type:TRANSFER}: each part narrows it. */
    private Predicate<TransferTask> filter(Request request, @Nullable String text) {
        Predicate<TransferTask> filter = task -> true;
        for (String part : Objects.requireNonNullElse(text, "").split("/")) {
            int colon = part.indexOf(':');
            List<String> values = List.of(part.substring(colon + 1).split(","));
            if (part.startsWith("status:")) {
                filter = filter.and(task -> values.contains(task.status()));
            } else if (part.startsWith("type:")) {
                filter = filter.and(task -> values.contains(task.order.type()));
            } else if (!part.isEmpty()) {
                throw refusals.badRequest(request, "the sandbox knows the filters status and type only");
            }
        }
        return filter;
    }
}
