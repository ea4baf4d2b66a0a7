package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collections: search, and one by its id. */
final class TransferEndpoints {

    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1000;
    private static final Set<String> SCOPES = Set.of("all", "my-endpoints");

    private final TransferState state;
    private final TransferRefusals refusals;
    private final TransferNumbers numbers;

    TransferEndpoints(TransferState state, TransferRefusals refusals) {
        this.state = state;
        this.refusals = refusals;
        this.numbers = new TransferNumbers(refusals);
    }

    Reply search(Request request, Person person) {
        String scope = Objects.requireNonNullElse(request.query().one("filter_scope"), "all");
        String text = request.query().one("filter_fulltext");
        if (!SCOPES.contains(scope)) {
            throw refusals.badRequest(request, "the sandbox knows the scopes all and my-endpoints only");
        }
        if (scope.equals("all") && text == null) {
            throw refusals.badRequest(request, "filter_fulltext is required when filter_scope is all");
        }
        long limit = numbers.count(request, "limit", USUAL_LIMIT, MOST);
        long offset = numbers.count(request, "offset", 0, MOST);
        if (limit + offset > MOST) {
            throw refusals.badRequest(request, "limit and offset together cannot be more than " + MOST);
        }
        List<SandboxCollection> found = state.collections().stream()
                .filter(each -> scope.equals("all")
                        ? each.isOpenTo(person)
                        : each.owner().equals(person))
                .filter(each -> text == null || matches(each, text))
                .toList();
        ObjectNode json = Json.object()
                .put("DATA_TYPE", "endpoint_list")
                .put("offset", offset)
                .put("limit", limit)
                .put("has_next_page", found.size() > offset + limit);
        ArrayNode data = json.putArray("DATA");
        found.stream().skip(offset).limit(limit).forEach(each -> data.add(json(each)));
        return Reply.json(200, json);
    }

    Reply one(Request request, Person person, SandboxCollection collection) {
        if (!collection.isOpenTo(person)) {
            throw refusals.noEndpoint(request, collection.id());
        }
        return Reply.json(200, json(collection));
    }

    /** Each word somewhere in what people know it by. */
    private static boolean matches(SandboxCollection collection, String text) {
        String known = (collection.name() + " " + collection.owner().username() + " " + collection.id())
                .toLowerCase(Locale.ROOT);
        return Stream.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+")).allMatch(known::contains);
    }

    private static ObjectNode json(SandboxCollection collection) {
        return Json.object()
                .put("DATA_TYPE", "endpoint")
                .put("id", collection.id())
                .put("display_name", collection.name())
                .put("canonical_name", collection.owner().login() + "#" + collection.id())
                .put("entity_type", "GCSv5_mapped_collection")
                .put("owner_id", collection.owner().id())
                .put("owner_string", collection.owner().username())
                .put("organization", "Globus sandbox")
                .put("description", "A collection of the sandbox")
                .put("default_directory", "/~/")
                .put("public", collection.isPublic())
                .put("non_functional", false)
                .put("force_encryption", false)
                .put("high_assurance", false);
    }
}
