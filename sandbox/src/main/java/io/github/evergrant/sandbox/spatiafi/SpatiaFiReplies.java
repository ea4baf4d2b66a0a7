package io.github.evergrant.sandbox.spatiafi;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import tools.jackson.databind.node.ObjectNode;

/** The errors of the service, which are those of its framework: a text, or for parameters a list. */
final class SpatiaFiReplies {

    private SpatiaFiReplies() {}

    static Reply detail(int status, String detail) {
        return Reply.json(status, Json.object().put("detail", detail));
    }

    static Refusal unauthorized(String detail) {
        return new Refusal(detail(401, detail));
    }

    /** A parameter of the body that is not there. */
    static Refusal missing(String parameter) {
        ObjectNode json = Json.object();
        ObjectNode item = json.putArray("detail").addObject();
        item.putArray("loc").add("body").add(parameter);
        item.put("msg", "field required").put("type", "value_error.missing");
        return new Refusal(Reply.json(422, json));
    }
}
