package io.github.evergrant.sandbox.spatiafi;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Dialect;
import io.github.evergrant.sandbox.server.GrantOrder;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.Change;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Issued;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * SpatiaFi: its auth service and its data API, both below {@code /spatiafi/}. To the common request kinds it adds
 * {@code token.basic}, {@code clients.create}, {@code users.me} and {@code info}. Safe for all threads.
 */
public final class SpatiaFiDialect implements Dialect {

    static final String NAME = "spatiafi";

    private static final String TOKEN = "/" + NAME + "/api/v1/auth/jwt/token";

    /** Who is behind a token that a person got by password: no app credentials yet. */
    private static final Client NO_CLIENT = new Client("", null, "by password");

    private final String base;
    private final SpatiaFiSeed seed;
    private final SpatiaFiPeople people;
    private final SpatiaFiAssertions assertions;
    private final TokenBook tokens;

    /** @param base the sandbox's address, without a slash at the end */
    public SpatiaFiDialect(String base, SpatiaFiSeed seed, TokenPolicy policy, Randomness random, InstantSource clock) {
        this.base = base;
        this.seed = seed;
        people = new SpatiaFiPeople(seed, random);
        assertions = new SpatiaFiAssertions(base + TOKEN, people, clock);
        tokens = new TokenBook(policy, random, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> places() {
        return Map.of("auth", base + "/" + NAME + "/");
    }

    @Override
    public Call call(Request request) {
        String path = request.path();
        return switch (path.startsWith("/" + NAME) ? path.substring(NAME.length() + 1) : path) {
            case "/api/v1/auth/jwt/token/basic" -> only("GET", request, new Call("token.basic", this::basic));
            case "/api/v1/auth/jwt/token" -> only("POST", request, token(request));
            case "/api/v1/clients/" -> only("POST", request, new Call("clients.create", this::create));
            case "/api/v1/clients" -> only("POST", request, new Call(RequestKind.UNKNOWN, any -> toSlash(path)));
            case "/api/v1/users/me" -> only("GET", request, new Call("users.me", this::me));
            case "/api/info" -> only("GET", request, new Call("info", this::info));
            default -> new Call(RequestKind.UNKNOWN, any -> SpatiaFiReplies.detail(404, "Not Found"));
        };
    }

    private static Call only(String method, Request request, Call call) {
        return request.method().equals(method)
                ? call
                : new Call(
                        RequestKind.UNKNOWN,
                        any -> SpatiaFiReplies.detail(405, "Method Not Allowed").with("Allow", method));
    }

    private Call token(Request request) {
        boolean byClient = "client_credentials".equals(request.form().peek("grant_type"));
        return new Call(
                byClient ? RequestKind.TOKEN_CLIENT_CREDENTIALS : RequestKind.TOKEN_OTHER, this::clientCredentials);
    }

    /** Good for the person alone: no app credentials are behind it. It says when it ends, not how long it lives. */
    private Reply basic(Request request) {
        Person person = people.signedIn(request);
        return reply(open(person, NO_CLIENT, tokens.lifetime(), request.changes()), Set.of(Change.NO_EXPIRES_IN));
    }

    private Reply clientCredentials(Request request) {
        String grantType = need(request, "grant_type");
        if (!grantType.equals("client_credentials")) {
            throw new Refusal(Reply.error(400, "unsupported_grant_type", "only client_credentials here"));
        }
        if (!need(request, "client_assertion_type").equals(SpatiaFiAssertions.TYPE)) {
            throw SpatiaFiReplies.unauthorized("Unauthorized: the assertion is of another type");
        }
        SpatiaFiSeed.Credentials holder = assertions.holder(need(request, "client_assertion"));
        return reply(open(holder.owner(), holder.client(), tokens.lifetime(), request.changes()), request.changes());
    }

    private Reply create(Request request) {
        SpatiaFiSeed.Credentials made = people.create(holder(request));
        Client client = made.client();
        return Reply.json(
                201,
                Json.object()
                        .put("user_id", made.owner().id())
                        .put("client_id", client.id())
                        .put("client_secret", client.secret()));
    }

    private Reply me(Request request) {
        Person person = holder(request);
        return Reply.json(
                200,
                Json.object()
                        .put("id", person.id())
                        .put("email", person.email())
                        .put("is_active", true)
                        .put("is_superuser", false)
                        .put("is_verified", false));
    }

    private Reply info(Request request) {
        holder(request);
        return Reply.json(200, Json.object().put("ok", true));
    }

    private Person holder(Request request) {
        String value = request.bearer();
        return tokens.access(value == null ? "" : value)
                .orElseThrow(() -> SpatiaFiReplies.unauthorized("Unauthorized"))
                .grant()
                .person();
    }

    private static Reply toSlash(String path) {
        return new Reply(307, Map.of("Location", path + "/"), "");
    }

    private static String need(Request request, String parameter) {
        String value = request.form().one(parameter);
        if (value == null) {
            throw SpatiaFiReplies.missing(parameter);
        }
        return value;
    }

    private Issued open(Person person, Client client, Duration lifetime, Set<Change> changes) {
        return tokens.open(new Grant(person, client, NAME, List.of()), lifetime, false, changes);
    }

    private static Reply reply(Issued issued, Set<Change> changes) {
        ObjectNode json = Json.object()
                .put("access_token", issued.access().value())
                .put("token_type", "bearer")
                .put("expires_at", issued.access().expiresAt().getEpochSecond());
        if (!changes.contains(Change.NO_EXPIRES_IN)) {
            json.put("expires_in", issued.expiresIn());
        }
        return Reply.json(200, json);
    }

    @Override
    public Reply grant(GrantOrder order) {
        String id = order.client();
        Client client = id == null
                ? seed.credentials().get(0).client()
                : people.byId(id)
                        .map(SpatiaFiSeed.Credentials::client)
                        .orElseThrow(() -> Refusal.badRequest("client is not known to spatiafi: " + id));
        return reply(
                open(order.person(), client, order.lifetime() == null ? tokens.lifetime() : order.lifetime(), Set.of()),
                Set.of());
    }

    @Override
    public TokenBook tokens() {
        return tokens;
    }

    @Override
    public void clear() {
        people.clear();
        assertions.clear();
        tokens.clear();
    }
}
