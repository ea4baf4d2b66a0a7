package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The API of Globus Auth: identities, the consents they gave, and clients made for one installation of a program. */
final class GlobusDirectory {

    private static final String PROVIDER = "41143743-f3c8-4d60-bbdb-eeecaba85bd9";

    private final GlobusHolders holders;
    private final GlobusClients clients;
    private final GlobusConsents consents;
    private final List<Person> people;
    private final Randomness random;

    /** Identities somebody asked for before their person ever signed in, by username. */
    private final Map<String, Person> provisioned = new ConcurrentHashMap<>();

    GlobusDirectory(
            GlobusHolders holders,
            GlobusClients clients,
            GlobusConsents consents,
            List<Person> people,
            Randomness random) {
        this.holders = holders;
        this.clients = clients;
        this.consents = consents;
        this.people = people;
        this.random = random;
    }

    /** {@code GET v2/api/identities} with {@code usernames} or {@code ids}. */
    Reply identities(Request request) {
        holders.of(request, GlobusScopes.AUTH, null);
        String usernames = request.query().one("usernames");
        String ids = request.query().one("ids");
        if ((usernames == null) == (ids == null)) {
            throw holders.error(400, "INVALID_PARAMETERS", "Bad Request", "either usernames or ids has to be given");
        }
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("identities");
        boolean provision = "true".equalsIgnoreCase(request.query().one("provision"));
        for (String wanted : String.valueOf(usernames == null ? ids : usernames).split(",")) {
            found(wanted, usernames != null && provision).ifPresent(person -> array.add(json(person)));
        }
        return Reply.json(200, json);
    }

    /** {@code GET v2/api/identities/ID/consents}. */
    Reply consents(Request request) {
        AccessToken token = holders.of(request, GlobusScopes.AUTH, "openid");
        String[] path = request.path().split("/");
        if (!path[path.length - 2].equals(token.grant().person().id())) {
            throw holders.error(403, "FORBIDDEN", "Forbidden", "These are another identity's consents");
        }
        boolean all = "true".equalsIgnoreCase(request.query().one("all"));
        return consents.list(token.grant().person(), token.grant().client(), all);
    }

    /** {@code POST v2/api/clients}: an instance of a native client, with a secret of its own. */
    Reply register(Request request) {
        JsonNode wanted = Json.parse(request.body()).path("client");
        String name = text(wanted, "name");
        String template = text(wanted, "template_id");
        if (name == null || template == null) {
            throw holders.error(400, "INVALID_PARAMETERS", "Bad Request", "name and template_id have to be given");
        }
        if (clients.find(template).filter(Client::isPublic).isEmpty()) {
            throw holders.error(404, "NOT_FOUND", "Not Found", "There is no such template");
        }
        String secret = random.opaque("sandbox-secret-");
        Client made = clients.add(new Client(random.uuid(), secret, name));
        ObjectNode json = Json.object();
        json.putObject("client").put("id", made.id()).put("name", name).put("public_client", false);
        json.putObject("included")
                .putObject("client_credential")
                .put("id", random.uuid())
                .put("client", made.id())
                .put("name", "Auto-created at client creation")
                .put("secret", secret);
        return Reply.json(201, json);
    }

    void clear() {
        provisioned.clear();
    }

    private Optional<Person> found(String wanted, boolean provision) {
        Optional<Person> known = people.stream()
                .filter(person ->
                        person.id().equals(wanted) || person.username().equals(wanted))
                .findFirst();
        if (known.isPresent() || !provision) {
            return known.or(() -> Optional.ofNullable(provisioned.get(wanted)));
        }
        return Optional.of(
                provisioned.computeIfAbsent(wanted, username -> new Person("", "", random.uuid(), username, "", "")));
    }

    private static ObjectNode json(Person person) {
        ObjectNode json = Json.object()
                .put("id", person.id())
                .put("username", person.username())
                .put("status", person.login().isEmpty() ? "unused" : "used")
                .put("identity_provider", PROVIDER)
                .put("identity_type", "login");
        return person.login().isEmpty()
                ? json.putNull("name").putNull("email").putNull("organization")
                : json.put("name", person.name()).put("email", person.email()).put("organization", "Evergrant sandbox");
    }

    private static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || !value.isString() || value.stringValue().isEmpty() ? null : value.stringValue();
    }
}
