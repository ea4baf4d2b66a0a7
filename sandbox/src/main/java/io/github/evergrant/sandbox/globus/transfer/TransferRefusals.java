package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Randomness;
import tools.jackson.databind.node.ObjectNode;

/** Errors as Transfer writes them: code, message, request id and resource. */
final class TransferRefusals {

    private static final int SHORT = 9;

    private final String root;
    private final Randomness random;

    /** @param root what stands before a resource in a path */
    TransferRefusals(String root, Randomness random) {
        this.root = root;
        this.random = random;
    }

    Refusal notAuthenticated(Request request, String message) {
        return new Refusal(reply(request, 401, "AuthenticationFailed", message).with("WWW-Authenticate", "Bearer"));
    }

    Refusal badRequest(Request request, String message) {
        return refusal(request, 400, "ClientError.BadRequest", message);
    }

    Refusal noEndpoint(Request request, String id) {
        return refusal(request, 404, "EndpointNotFound", "No such endpoint '" + id + "'");
    }

    /** As a mapped collection says it, in words Globus' own clients understand. */
    Refusal consentRequired(Request request, String scope) {
        ObjectNode json = json(request, "ConsentRequired", "Missing required data_access consent");
        json.putArray("required_scopes").add(scope);
        return new Refusal(Reply.json(403, json));
    }

    Refusal refusal(Request request, int status, String code, String message) {
        return new Refusal(reply(request, status, code, message));
    }

    Reply reply(Request request, int status, String code, String message) {
        return Reply.json(status, json(request, code, message));
    }

    private ObjectNode json(Request request, String code, String message) {
        return Json.object()
                .put("code", code)
                .put("message", message)
                .put("request_id", requestId())
                .put("resource", resource(request));
    }

    /** A few letters and digits, as in Globus' own examples. */
    String requestId() {
        return random.uuid().replace("-", "").substring(0, SHORT);
    }

    String resource(Request request) {
        return "/" + request.path().substring(root.length());
    }
}
