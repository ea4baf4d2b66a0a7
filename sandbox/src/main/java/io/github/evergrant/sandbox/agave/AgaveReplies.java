package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The envelopes of the services, the errors of the token endpoint, and the faults of the gateway. */
final class AgaveReplies {

    private static final String VERSION = "2.0.0-SNAPSHOT-rc3fad";

    private AgaveReplies() {}

    /** What went well; the result may be absent. */
    static Reply success(int status, String message, @Nullable JsonNode result) {
        return envelope(status, "success", message, result);
    }

    static Reply error(int status, String message) {
        return envelope(status, "error", message, null);
    }

    private static Reply envelope(int status, String word, String message, @Nullable JsonNode result) {
        ObjectNode json =
                Json.object().put("status", word).put("message", message).put("version", VERSION);
        if (result == null) {
            json.putNull("result");
        } else {
            json.set("result", result);
        }
        return Reply.json(status, json);
    }

    static Refusal invalidGrant() {
        return new Refusal(Reply.error(400, "invalid_grant", "Provided Authorization Grant is invalid"));
    }

    /** One answer to a wrong key, a wrong secret and a client that was deleted. */
    static Refusal invalidClient(String key) {
        return new Refusal(
                Reply.error(401, "invalid_client", "A valid OAuth client could not be found for client_id: " + key));
    }

    /** How the gateway of a tenant refuses a token, in XML if it is an old one. */
    static Refusal fault(AgaveTenant tenant, int code, String message, String description) {
        if (!tenant.xmlFaults()) {
            ObjectNode json = Json.object();
            json.putObject("fault").put("code", code).put("message", message).put("description", description);
            return new Refusal(Reply.json(401, json));
        }
        String xml = "<ams:fault xmlns:ams=\"http://wso2.org/apimanager/security\"><ams:code>" + code
                + "</ams:code><ams:message>" + message + "</ams:message><ams:description>" + description
                + "</ams:description></ams:fault>";
        return new Refusal(Reply.json(401, xml).with("Content-Type", "application/xml; charset=UTF-8"));
    }
}
