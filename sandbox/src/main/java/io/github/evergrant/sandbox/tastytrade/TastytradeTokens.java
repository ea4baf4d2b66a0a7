package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.Change;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Issued;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Pkce;
import io.github.evergrant.sandbox.token.TokenBook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The token endpoint: JSON or a form, the client proven by its secret alone, and no {@code Authorization}. A refresh token
 * lives for ever and is not replaced.
 */
final class TastytradeTokens {

    static final List<String> SCOPES = List.of("read", "trade", "openid");

    private final TokenBook tokens;
    private final OneTime<AuthorizationCode> codes;

    TastytradeTokens(TokenBook tokens, OneTime<AuthorizationCode> codes) {
        this.tokens = tokens;
        this.codes = codes;
    }

    Call sort(Request request, TastytradeEnvironment environment) {
        String grantType = Objects.requireNonNullElse(field(request, "grant_type"), "");
        return switch (grantType) {
            case "refresh_token" ->
                new Call(RequestKind.TOKEN_REFRESH, field(request, "refresh_token"), any -> refresh(any, environment));
            case "authorization_code" ->
                new Call(RequestKind.TOKEN_AUTHORIZATION_CODE, any -> exchange(any, environment));
            default -> new Call(RequestKind.TOKEN_OTHER, any -> other(grantType));
        };
    }

    /** A login's tokens. */
    Reply open(Person person, TastytradeEnvironment environment, Duration lifetime, boolean refreshable) {
        return Reply.json(200, opened(person, environment, SCOPES, lifetime, refreshable, Set.of()));
    }

    private ObjectNode opened(
            Person person,
            TastytradeEnvironment environment,
            List<String> scopes,
            Duration lifetime,
            boolean refreshable,
            Set<Change> changes) {
        Grant grant = new Grant(person, environment.client(), environment.audience(), scopes);
        Issued issued = tokens.open(grant, lifetime, refreshable, changes);
        ObjectNode json = json(issued, changes);
        return issued.refreshToken() == null ? json : json.put("refresh_token", issued.refreshToken());
    }

    /** What a code stands for, once: to the application that it was given to, with the address it was given at. */
    private Reply exchange(Request request, TastytradeEnvironment environment) {
        requireUnproven(request);
        Client client = client(request, environment);
        String value = field(request, "code");
        AuthorizationCode code = (value == null ? Optional.<AuthorizationCode>empty() : codes.take(value))
                .filter(each -> each.request().client().equals(client)
                        && each.request().redirectUri().equals(field(request, "redirect_uri"))
                        && isProven(each.request().challenge(), field(request, "code_verifier")))
                .orElseThrow(() -> TastytradeReplies.oauth(400, "invalid_grant", "Invalid authorization code"));
        return Reply.json(
                200,
                opened(
                        code.person(),
                        environment,
                        code.request().scopes(),
                        tokens.lifetime(),
                        true,
                        request.changes()));
    }

    private static boolean isProven(@Nullable String challenge, @Nullable String verifier) {
        return challenge == null ? verifier == null : verifier != null && Pkce.matches(verifier, challenge);
    }

    /** A request to here that bears a token is refused, whatever it asks for. */
    private static void requireUnproven(Request request) {
        if (request.header("Authorization") != null) {
            throw TastytradeReplies.tokenInvalid();
        }
    }

    private Reply refresh(Request request, TastytradeEnvironment environment) {
        requireUnproven(request);
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
