package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Person;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The clients service of one tenant. Who asks proves it with name and password in each request. */
final class AgaveClients {

    private final String base;
    private final AgaveTenant tenant;
    private final AgaveRegistry registry;
    private final AgavePeople people;

    /** @param base the tenant's address, without a slash at the end */
    AgaveClients(String base, AgaveTenant tenant, AgaveRegistry registry, AgavePeople people) {
        this.base = base;
        this.tenant = tenant;
        this.registry = registry;
        this.people = people;
    }

    Reply create(Request request) {
        Person owner = people.user(request);
        UnaryOperator<String> given = parameters(request);
        String name = need(given, "clientName");
        String tier = tier(given.apply("tier"));
        AgaveClient made = registry.create(
                        tenant, owner, name, given.apply("description"), tier, given.apply("callbackUrl"))
                .orElseThrow(() -> refused("Unable to create application: the application already exists"));
        ObjectNode json = json(made);
        json.put("consumerSecret", made.client.secret());
        return AgaveReplies.success(201, "Client created successfully.", json);
    }

    Reply list(Request request) {
        ArrayNode all = Json.array();
        registry.of(tenant, people.user(request)).forEach(each -> all.add(json(each)));
        return AgaveReplies.success(200, "Clients retrieved successfully.", all);
    }

    Reply one(Request request, String name) {
        AgaveClient found =
                registry.byName(tenant, people.user(request), name).orElseThrow(() -> refused("Application not found"));
        return AgaveReplies.success(200, "Client details retrieved successfully.", json(found));
    }

    /** Whether there was such a client or not. */
    Reply delete(Request request, String name) {
        registry.delete(tenant, people.user(request), name);
        return AgaveReplies.success(200, "Client removed successfully.", null);
    }

    /** No result for a client that nobody knows. */
    Reply subscriptions(Request request, String name) {
        ArrayNode all = registry.byName(tenant, people.user(request), name)
                .map(found -> subscriptions(name, found))
                .orElse(null);
        return AgaveReplies.success(200, "Client subscriptions retrieved successfully.", all);
    }

    Reply subscribe(Request request, String name) {
        AgaveClient found =
                registry.byName(tenant, people.user(request), name).orElseThrow(() -> refused("Application not found"));
        UnaryOperator<String> given = parameters(request);
        String api = need(given, "apiName");
        if (api.equals("*")) {
            found.subscribeToCore();
        } else {
            found.subscribe(new AgaveClient.Subscription(
                    api, otherwise(given.apply("apiVersion"), "v2"), otherwise(given.apply("apiProvider"), "admin")));
        }
        return AgaveReplies.success(200, "Client " + name + " has been subscribed to " + api + ".", null);
    }

    /** To all, when none is named. */
    Reply unsubscribe(Request request, String name) {
        AgaveClient found =
                registry.byName(tenant, people.user(request), name).orElseThrow(() -> refused("Application not found"));
        UnaryOperator<String> given = parameters(request);
        String api = otherwise(otherwise(given.apply("apiName"), request.query().peek("apiName")), "*");
        found.unsubscribe(api);
        String what = api.equals("*") ? "All APIs have" : api + " has";
        return AgaveReplies.success(200, what + " been removed from the client " + name + ".", null);
    }

    /** The parameters of a form, or of a JSON object with the same names; empty where one is missing. */
    private static UnaryOperator<String> parameters(Request request) {
        String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
        if (type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            JsonNode json = Json.parse(request.body());
            return name -> json.path(name).isString() ? json.path(name).stringValue() : "";
        }
        Form form = request.form();
        return name -> Objects.requireNonNullElse(form.one(name), "");
    }

    private static String need(UnaryOperator<String> given, String name) {
        String value = given.apply(name);
        if (value.isEmpty()) {
            throw refused(name + " is required");
        }
        return value;
    }

    private static String tier(String asked) {
        return asked.isEmpty()
                ? "Unlimited"
                : AgaveClient.TIERS.stream()
                        .filter(asked::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() ->
                                refused("Invalid tier. Tier must be one of: " + String.join(", ", AgaveClient.TIERS)));
    }

    private static String otherwise(@Nullable String given, @Nullable String otherwise) {
        return given == null || given.isEmpty() ? Objects.requireNonNullElse(otherwise, "") : given;
    }

    private static Refusal refused(String message) {
        return new Refusal(AgaveReplies.error(400, message));
    }

    private ObjectNode json(AgaveClient client) {
        String self = base + "/clients/v2/" + client.client.name();
        ObjectNode json = Json.object()
                .put("description", client.description)
                .put("name", client.client.name())
                .put("consumerKey", client.client.id());
        ObjectNode links = json.putObject("_links");
        links.putObject("subscriber").put("href", base + "/profiles/v2/" + client.owner.login());
        links.putObject("self").put("href", self);
        links.putObject("subscriptions").put("href", self + "/subscriptions/");
        return json.put("tier", client.tier).put("callbackUrl", client.callbackUrl);
    }

    private ArrayNode subscriptions(String name, AgaveClient client) {
        ArrayNode all = Json.array();
        client.subscriptions().forEach(each -> all.add(json(name, each)));
        return all;
    }

    private ObjectNode json(String name, AgaveClient.Subscription subscription) {
        String context = "/" + subscription.api().toLowerCase(Locale.ROOT) + "/" + subscription.version();
        String self = base + "/clients/v2/" + name;
        ObjectNode json = Json.object()
                .put("apiName", subscription.api())
                .put("tier", "Unlimited")
                .put("apiStatus", "PUBLISHED")
                .put("apiProvider", subscription.provider())
                .put("apiContext", context)
                .put("apiVersion", subscription.version());
        ObjectNode links = json.putObject("_links");
        links.putObject("self").put("href", self + "/subscriptions/");
        links.putObject("api").put("href", base + context + "/");
        links.putObject("client").put("href", self);
        return json.putNull("businessOwner");
    }
}
