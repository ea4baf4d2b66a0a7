package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Json;
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

/**
 * The token endpoint: JSON or a form, the client proven by its secret alone, and no {@code Authorization}. A refresh token
 * lives for ever and is not replaced.
 */
final class TastytradeTokens {

    private static final List<String> SCOPES = List.of("read", "trade", "openid");

    private final TokenBook tokens;

    TastytradeTokens(TokenBook tokens) {
        this.tokens = tokens;
    }

    Call sort(Request request, TastytradeEnvironment environment) {
        String grantType = Objects.requireNonNullElse(field(request, "grant_type"), "");
        return grantType.equals("refresh_token")
                ? new Call(RequestKind.TOKEN_REFRESH, field(request, "refresh_token"), any -> refresh(any, environment))
                : new Call(RequestKind.TOKEN_OTHER, any -> other(grantType));
    }

    /** A login's tokens. */
    Reply open(Person person, TastytradeEnvironment environment, Duration lifetime, boolean refreshable) {
        Grant grant = new Grant(person, environment.client(), environment.audience(), SCOPES);
        Issued issued = tokens.open(grant, lifetime, refreshable, Set.of());
        ObjectNode json = json(issued, Set.of());
        if (issued.refreshToken() != null) {
            json.put("refresh_token", issued.refreshToken());
        }
        return Reply.json(200, json);
    }

    private Reply refresh(Request request, TastytradeEnvironment environment) {
        if (request.header("Authorization") != null) {
            throw TastytradeReplies.tokenInvalid();
        }
        String value = field(request, "refresh_token");
        if (value == null) {
            throw TastytradeReplies.oauth(400, "invalid_request", "refresh_token is missing");
        }
        Client client = client(request, environment);
        return tokens.refresh(value, client, request.changes())
                .map(issued -> Reply.json(200, json(issued, request.changes())))
                .orElseThrow(() -> TastytradeReplies.oauth(400, "invalid_grant", "Invalid JWT"));
    }

    private static Client client(Request request, TastytradeEnvironment environment) {
        Client client = environment.client();
        String id = field(request, "client_id");
        boolean named = id == null || id.equals(client.id());
        if (!named || !Objects.equals(client.secret(), field(request, "client_secret"))) {
            throw TastytradeReplies.oauth(401, "invalid_client", "Client authentication failed");
        }
        return client;
    }

    private static Reply other(String grantType) {
        throw TastytradeReplies.oauth(
                400, "unsupported_grant_type", grantType.isEmpty() ? "grant_type is missing" : "not this grant type");
    }

    private static @Nullable String field(Request request, String name) {
        String inForm = request.form().peek(name);
        return inForm == null ? TastytradeReplies.text(TastytradeReplies.fields(request), name) : inForm;
    }

    private static ObjectNode json(Issued issued, Set<Change> changes) {
        ObjectNode json =
                Json.object().put("access_token", issued.access().value()).put("token_type", "Bearer");
        return changes.contains(Change.NO_EXPIRES_IN) ? json : json.put("expires_in", issued.expiresIn());
    }
}
