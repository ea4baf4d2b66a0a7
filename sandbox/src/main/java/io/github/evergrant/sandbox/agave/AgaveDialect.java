package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Dialect;
import io.github.evergrant.sandbox.server.GrantOrder;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Agave: its tenants at {@code /agave/tenants}, each below {@code /agave/CODE/}. To the common request kinds it adds
 * {@code token.admin_password}, {@code tenants}, {@code clients.create}, {@code clients.list}, {@code clients.get},
 * {@code clients.delete}, {@code clients.subscribe}, {@code clients.unsubscribe}, {@code clients.subscriptions} and
 * {@code profiles.me}. Two slashes count as one, as its servers have it. Safe for all threads.
 */
public final class AgaveDialect implements Dialect {

    static final String NAME = "agave";

    private final String base;
    private final AgaveSeed seed;
    private final AgaveRegistry registry;
    private final AgavePeople people;
    private final TokenBook tokens;
    private final AgaveTokens endpoint;

    /**
     * Agave at that base address.
     *
     * @param base the sandbox's address, without a slash at the end
     * @param seed what there is; its first owner's client is the default of {@code /_sandbox/grant}
     */
    public AgaveDialect(String base, AgaveSeed seed, TokenPolicy policy, Randomness random, InstantSource clock) {
        this.base = base + "/" + NAME;
        this.seed = seed;
        registry = new AgaveRegistry(seed, random);
        people = new AgavePeople(seed);
        tokens = new TokenBook(policy, random, clock);
        endpoint = new AgaveTokens(registry, people, tokens);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> places() {
        return Map.of("tenants", base + "/tenants");
    }

    @Override
    public Call call(Request request) {
        List<String> path =
                request.segments().stream().filter(each -> !each.isEmpty()).toList();
        if (path.equals(List.of("tenants"))) {
            return only("GET", request, new Call("tenants", any -> tenants()));
        }
        if (path.equals(List.of("token"))) {
            // Where agavepy's token holder goes, for which the last segment of an address is no part of it.
            return only("POST", request, endpoint.sort(request, null));
        }
        AgaveTenant tenant =
                path.isEmpty() ? null : registry.tenant(path.get(0)).orElse(null);
        return tenant == null ? nothing() : call(request, tenant, path.subList(1, path.size()));
    }

    private Call call(Request request, AgaveTenant tenant, List<String> path) {
        if (path.equals(List.of("token"))) {
            return only("POST", request, endpoint.sort(request, tenant));
        }
        if (path.equals(List.of("profiles", "v2", "me"))) {
            AgaveProfiles profiles = new AgaveProfiles(tenant, registry, tokens);
            return only("GET", request, new Call("profiles.me", profiles::me));
        }
        boolean ofClients = path.size() >= 2 && path.subList(0, 2).equals(List.of("clients", "v2"));
        if (!ofClients || path.size() > 4 || (path.size() == 4 && !path.get(3).equals("subscriptions"))) {
            return nothing();
        }
        AgaveClients clients = new AgaveClients(base + "/" + tenant.code(), tenant, registry, people);
        return path.size() == 2
                ? all(request, clients)
                : path.size() == 3 ? one(request, clients, path.get(2)) : subscriptions(request, clients, path.get(2));
    }

    private static Call all(Request request, AgaveClients clients) {
        return switch (request.method()) {
            case "GET" -> new Call("clients.list", clients::list);
            case "POST" -> new Call("clients.create", clients::create);
            default -> notAllowed("GET, POST");
        };
    }

    private static Call one(Request request, AgaveClients clients, String name) {
        return switch (request.method()) {
            case "GET" -> new Call("clients.get", any -> clients.one(any, name));
            case "DELETE" -> new Call("clients.delete", any -> clients.delete(any, name));
            default -> notAllowed("GET, DELETE");
        };
    }

    private static Call subscriptions(Request request, AgaveClients clients, String name) {
        return switch (request.method()) {
            case "GET" -> new Call("clients.subscriptions", any -> clients.subscriptions(any, name));
            case "POST" -> new Call("clients.subscribe", any -> clients.subscribe(any, name));
            case "DELETE" -> new Call("clients.unsubscribe", any -> clients.unsubscribe(any, name));
            default -> notAllowed("GET, POST, DELETE");
        };
    }

    @Override
    public Reply grant(GrantOrder order) {
        String key = order.client();
        Client client = key == null
                ? seed.owners().get(0).client()
                : registry.byKey(null, key)
                        .map(found -> found.client)
                        .orElseThrow(() -> Refusal.badRequest("client is not known to agave: " + key));
        return endpoint.open(
                order.person(),
                client,
                order.lifetime() == null ? tokens.lifetime() : order.lifetime(),
                order.refresh(),
                Set.of());
    }

    @Override
    public TokenBook tokens() {
        return tokens;
    }

    @Override
    public void clear() {
        registry.clear();
        tokens.clear();
    }

    private Reply tenants() {
        ArrayNode all = Json.array();
        for (AgaveTenant tenant : seed.tenants()) {
            String home = base + "/" + tenant.code() + "/";
            ObjectNode json = Json.object()
                    .put("id", "000141157089881" + all.size() + "-b0b0b0bb0b-0001-016")
                    .put("name", tenant.name())
                    .put("baseUrl", home)
                    .put("code", tenant.code());
            json.putArray("contact")
                    .addObject()
                    .put("name", seed.administrator().name())
                    .put("email", seed.administrator().email())
                    .put("url", "")
                    .put("type", "admin")
                    .put("primary", true);
            ObjectNode links = json.putObject("_links");
            links.putObject("self").put("href", base + "/tenants/v2/" + tenant.code());
            links.putObject("publickey").put("href", home + "apim/v2/publickey");
            all.add(json);
        }
        ObjectNode reply = Json.object().put("status", "success").put("message", "");
        reply.set("result", all);
        return Reply.json(200, reply.put("version", "2.2.22-r7deb380"));
    }

    private static Call only(String method, Request request, Call call) {
        return request.method().equals(method) ? call : notAllowed(method);
    }

    private static Call nothing() {
        return new Call(RequestKind.UNKNOWN, any -> Reply.error(404, "not_found", "there is nothing here"));
    }

    private static Call notAllowed(String allowed) {
        return new Call(
                RequestKind.UNKNOWN,
                any -> Reply.error(405, "method_not_allowed", "only " + allowed + " here")
                        .with("Allow", allowed));
    }
}
