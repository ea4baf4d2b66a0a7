package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.TokenBook;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Revocation and introspection at Globus Auth. */
final class GlobusInspection {

    private final String issuer;
    private final GlobusClients clients;
    private final TokenBook tokens;
    private final GlobusSessions sessions;

    GlobusInspection(String issuer, GlobusClients clients, TokenBook tokens, GlobusSessions sessions) {
        this.issuer = issuer;
        this.clients = clients;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** Ends a token; the answer is the same for one that never was. */
    Reply revoke(Request request) {
        Client client = clients.authenticate(request);
        tokens.revoke(request.form().need("token"), client);
        return Reply.json(200, Json.object().put("active", false));
    }

    /** What a token is; an expired, revoked or unknown one is only said to be inactive. */
    Reply introspect(Request request) {
        clients.authenticateConfidential(request);
        String value = request.form().need("token");
        Optional<AccessToken> access = tokens.access(value);
        if (access.isPresent()) {
            AccessToken token = access.get();
            long issued = token.issuedAt().getEpochSecond();
            ObjectNode body = active(token.grant())
                    .put("exp", token.expiresAt().getEpochSecond())
                    .put("iat", issued)
                    .put("nbf", issued);
            include(request.form().one("include"), token.grant(), body);
            return Reply.json(200, body);
        }
        ObjectNode body = tokens.refreshable(value)
                .map(this::active)
                .orElseGet(() -> Json.object().put("active", false));
        return Reply.json(200, body);
    }

    /** What is said only to those who ask: {@code include} names it, separated by commas. */
    private void include(@Nullable String include, Grant grant, ObjectNode body) {
        Set<String> wanted = include == null ? Set.of() : Set.of(include.split(","));
        Person person = grant.person();
        if (wanted.contains("identity_set")) {
            body.putArray("identity_set").add(person.id());
        }
        if (wanted.contains("identity_set_detail")) {
            body.putArray("identity_set_detail")
                    .addObject()
                    .put("sub", person.id())
                    .put("username", person.username())
                    .put("name", person.name());
        }
        if (wanted.contains("session_info")) {
            ObjectNode authentications = body.putObject("session_info").putObject("authentications");
            sessions.of(person, grant.client()).ifPresent(session -> {
                ObjectNode one = authentications
                        .putObject(person.id())
                        .put("auth_time", session.at().getEpochSecond());
                one.putArray("amr").add(session.mfa() ? "mfa" : "pwd");
            });
        }
    }

    private ObjectNode active(Grant grant) {
        ObjectNode json = Json.object()
                .put("active", true)
                .put("token_type", "Bearer")
                .put("scope", grant.scope())
                .put("client_id", grant.client().id())
                .put("username", grant.person().username())
                .put("name", grant.person().name())
                .put("sub", grant.person().id())
                .put("iss", issuer);
        if (!grant.person().email().isEmpty()) {
            json.put("email", grant.person().email());
        }
        json.putArray("aud").add(grant.audience()).add(grant.client().id());
        return json;
    }
}
