package io.github.evergrant.sandbox.agave;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Form;
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
import io.github.evergrant.sandbox.token.TokenBook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The token endpoint. A client proves itself with key and secret in each request. */
final class AgaveTokens {

    private final AgaveRegistry registry;
    private final AgavePeople people;
    private final TokenBook tokens;

    AgaveTokens(AgaveRegistry registry, AgavePeople people, TokenBook tokens) {
        this.registry = registry;
        this.people = people;
        this.tokens = tokens;
    }

    /**
     * What a request to the endpoint asks for.
     *
     * @param tenant whose endpoint it is; absent for the one that all share
     */
    Call sort(Request request, @Nullable AgaveTenant tenant) {
        String grantType = Objects.requireNonNullElse(request.form().peek("grant_type"), "");
        return switch (grantType) {
            case "refresh_token" ->
                new Call(
                        RequestKind.TOKEN_REFRESH,
                        request.form().peek("refresh_token"),
                        any -> refresh(any, client(any, tenant)));
            case "password" -> new Call(RequestKind.TOKEN_PASSWORD, any -> password(any, client(any, tenant)));
            case "admin_password" -> new Call("token.admin_password", any -> impersonate(any, client(any, tenant)));
            default -> new Call(RequestKind.TOKEN_OTHER, any -> other(any, client(any, tenant)));
        };
    }

    /** A login's tokens. */
    Reply open(Person person, Client client, Duration lifetime, boolean refreshable, Set<Change> changes) {
        Grant grant = new Grant(person, client, AgaveDialect.NAME, List.of("default"));
        return reply(tokens.open(grant, lifetime, refreshable, changes), changes);
    }

    private Reply refresh(Request request, Client client) {
        String value = request.form().need("refresh_token");
        return tokens.refresh(value, client, request.changes())
                .map(issued -> reply(issued, request.changes()))
                .orElseThrow(AgaveReplies::invalidGrant);
    }

    private Reply password(Request request, Client client) {
        return open(user(request), client, tokens.lifetime(), true, request.changes());
    }

    private Reply impersonate(Request request, Client client) {
        Person meant = people.named(request.form().need("token_username")).orElseThrow(AgaveReplies::invalidGrant);
        if (!people.isAdministrator(user(request))) {
            throw AgaveReplies.invalidGrant();
        }
        return open(meant, client, tokens.lifetime(), true, request.changes());
    }

    private Reply other(Request request, Client client) {
        String asked = request.form().need("grant_type");
        throw new Refusal(
                Reply.error(400, "unsupported_grant_type", client.name() + " may not use the grant type " + asked));
    }

    private Person user(Request request) {
        Form form = request.form();
        return people.find(form.need("username"), form.need("password")).orElseThrow(AgaveReplies::invalidGrant);
    }

    private Client client(Request request, @Nullable AgaveTenant tenant) {
        AgavePeople.Pair pair = AgavePeople.basic(request).orElseThrow(() -> AgaveReplies.invalidClient(""));
        return registry.byKey(tenant, pair.name())
                .map(each -> each.client)
                .filter(client -> pair.secret().equals(client.secret()))
                .orElseThrow(() -> AgaveReplies.invalidClient(pair.name()));
    }

    private static Reply reply(Issued issued, Set<Change> changes) {
        ObjectNode json = Json.object().put("scope", "default").put("token_type", "bearer");
        if (!changes.contains(Change.NO_EXPIRES_IN)) {
            json.put("expires_in", issued.expiresIn());
        }
        if (issued.refreshToken() != null) {
            json.put("refresh_token", issued.refreshToken());
        }
        return Reply.json(200, json.put("access_token", issued.access().value()));
    }
}
