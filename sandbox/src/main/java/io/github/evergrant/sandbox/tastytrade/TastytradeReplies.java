package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The envelopes of the API, the errors of the token endpoint, and the page of the front end. */
final class TastytradeReplies {

    private static final String NO_AGENT = """
            <html>
            <head><title>401 Authorization Required</title></head>
            <body>
            <center><h1>401 Authorization Required</h1></center>
            <hr><center>nginx</center>
            </body>
            </html>
            """;

    private TastytradeReplies() {}

    static Reply data(int status, JsonNode data, String context) {
        ObjectNode json = Json.object();
        json.set("data", data);
        return Reply.json(status, json.put("context", context));
    }

    static Refusal error(int status, String code, String message) {
        return new Refusal(Reply.json(status, errorOf(code, message)));
    }

    static ObjectNode errorOf(String code, String message) {
        ObjectNode json = Json.object();
        json.putObject("error").put("code", code).put("message", message);
        return json;
    }

    /** A field of the body that is missing or makes no sense. */
    static Refusal invalid(String field, String reason) {
        ObjectNode json = Json.object();
        ObjectNode error =
                json.putObject("error").put("code", "validation_error").put("message", "Request validation failed");
        error.putArray("errors").addObject().put("domain", field).put("reason", reason);
        return new Refusal(Reply.json(422, json));
    }

    static Refusal invalidCredentials() {
        return error(
                401,
                "invalid_credentials",
                "Invalid login, please check your username and password. Unique customer support identifier: "
                        + "00000000000000000000000000000000");
    }

    static Refusal tokenInvalid() {
        return error(401, "token_invalid", "This token is invalid or has expired");
    }

    /** Of the token endpoint, which does not call it {@code error}. */
    static Refusal oauth(int status, String code, String description) {
        return new Refusal(
                Reply.json(status, Json.object().put("error_code", code).put("error_description", description)));
    }

    /** What stands before the API answers a program that does not say what it is. */
    static Reply withoutAgent() {
        return Reply.json(401, NO_AGENT).with("Content-Type", "text/html");
    }

    /** The body as an object; an empty one when it is something else. Never fails. */
    static JsonNode fields(Request request) {
        String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return Json.object();
        }
        try {
            JsonNode json = Json.parse(request.body());
            return json.isObject() ? json : Json.object();
        } catch (Refusal noJson) {
            return Json.object();
        }
    }

    /** A field that is a text; null when it is missing or something else. */
    static @Nullable String text(JsonNode fields, String name) {
        return fields.path(name).isString() ? fields.path(name).stringValue() : null;
    }
}
