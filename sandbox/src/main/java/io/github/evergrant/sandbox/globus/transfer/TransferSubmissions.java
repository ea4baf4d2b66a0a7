package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.globus.transfer.TransferTask.Item;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** New tasks. A second submission with the same id begins none. */
final class TransferSubmissions {

    private static final int LONGEST_LABEL = 128;

    private final TransferState state;
    private final DataAccess dataAccess;
    private final TransferRefusals refusals;
    private final Randomness random;

    TransferSubmissions(TransferState state, DataAccess dataAccess, TransferRefusals refusals, Randomness random) {
        this.state = state;
        this.dataAccess = dataAccess;
        this.refusals = refusals;
        this.random = random;
    }

    Reply id(Request request, Person person) {
        return Reply.json(200, Json.object().put("DATA_TYPE", "submission_id").put("value", random.uuid()));
    }

    Reply transfer(Request request, Grant token) {
        JsonNode document = document(request, "transfer");
        SandboxCollection source = collection(request, token, document, "source_endpoint");
        SandboxCollection destination = collection(request, token, document, "destination_endpoint");
        List<Item> items = new ArrayList<>();
        for (JsonNode item : items(request, document, "Transfer")) {
            items.add(new Item(
                    FileTree.absolute(text(request, item, "source_path")),
                    FileTree.absolute(text(request, item, "destination_path")),
                    item.path("recursive").booleanValue(false)));
        }
        return submit(
                request, token.person(), new TransferTask.Order("TRANSFER", source, destination, items, document));
    }

    Reply delete(Request request, Grant token) {
        JsonNode document = document(request, "delete");
        SandboxCollection collection = collection(request, token, document, "endpoint");
        boolean recursive = document.path("recursive").booleanValue(false);
        List<Item> items = new ArrayList<>();
        for (JsonNode item : items(request, document, "Delete")) {
            items.add(new Item(FileTree.absolute(text(request, item, "path")), "", recursive));
        }
        return submit(
                request, token.person(), new TransferTask.Order("DELETE", collection, collection, items, document));
    }

    private Reply submit(Request request, Person person, TransferTask.Order order) {
        String submissionId = text(request, order.document(), "submission_id");
        String label = order.document().path("label").stringValue("");
        if (label.length() > LONGEST_LABEL || !label.equals(label.strip()) || label.matches("(?s).*[\\r\\n].*")) {
            throw refusals.badRequest(request, "the label is too long, or has what a label cannot have");
        }
        return state.look(now -> {
            TransferTask known = state.submitted(person, submissionId).orElse(null);
            TransferTask task = known == null ? state.begin(person, submissionId, order, now) : known;
            return Reply.json(known == null ? 202 : 200, json(request, task, known != null));
        });
    }

    private ObjectNode json(Request request, TransferTask task, boolean duplicate) {
        String kind = task.order.type().toLowerCase(Locale.ROOT);
        ObjectNode json = Json.object()
                .put("DATA_TYPE", kind + "_result")
                .put("code", duplicate ? "Duplicate" : "Accepted")
                .put(
                        "message",
                        duplicate
                                ? "A " + kind + " with the same submission id was already accepted"
                                : "The " + kind
                                        + " has been accepted and a task has been created and queued for execution")
                .put("request_id", refusals.requestId())
                .put("resource", refusals.resource(request))
                .put("submission_id", task.submissionId)
                .put("task_id", task.id);
        json.putObject("task_link")
                .put("DATA_TYPE", "link")
                .put("href", "/v0.10/task/" + task.id + "?format=json")
                .put("rel", "related")
                .put("resource", "task")
                .put("title", "related task");
        return json;
    }

    private JsonNode document(Request request, String type) {
        JsonNode document;
        try {
            document = Json.parse(request.body());
        } catch (Refusal e) {
            throw refusals.badRequest(request, "the body is not JSON");
        }
        if (!document.path("DATA_TYPE").stringValue("").equals(type)) {
            throw refusals.badRequest(request, "a document with the DATA_TYPE " + type + " was expected");
        }
        return document;
    }

    private JsonNode items(Request request, JsonNode document, String kind) {
        JsonNode items = document.path("DATA");
        if (!items.isArray() || items.isEmpty()) {
            throw refusals.refusal(
                    request,
                    400,
                    "ClientError.BadRequest.No" + kind + "Items",
                    "A " + kind.toLowerCase(Locale.ROOT) + " requires at least one item");
        }
        return items;
    }

    private SandboxCollection collection(Request request, Grant token, JsonNode document, String field) {
        String id = text(request, document, field);
        SandboxCollection collection = state.collections().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refusals.noEndpoint(request, id));
        if (!collection.isOpenTo(token.person())) {
            throw refusals.refusal(request, 403, "PermissionDenied", "You do not have permission to use '" + id + "'");
        }
        dataAccess.require(request, token, collection);
        return collection;
    }

    private String text(Request request, JsonNode object, String field) {
        String text = object.path(field).stringValue("");
        if (text.isEmpty()) {
            throw refusals.badRequest(request, "the field " + field + " is missing or no text");
        }
        return text;
    }
}
