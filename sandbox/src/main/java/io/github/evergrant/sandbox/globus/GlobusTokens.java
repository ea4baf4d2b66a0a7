package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.AuthorizationRequest;
import io.github.evergrant.sandbox.token.Change;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Issued;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Pkce;
import io.github.evergrant.sandbox.token.TokenBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The token endpoint of Globus Auth. */
final class GlobusTokens {

    private static final String DEPENDENT = "urn:globus:auth:grant_type:dependent_token";

    private final GlobusClients clients;
    private final OneTime<AuthorizationCode> codes;
    private final TokenBook tokens;
    private final GlobusReplies replies;
    private final GlobusConsents consents;

    GlobusTokens(
            GlobusClients clients,
            OneTime<AuthorizationCode> codes,
            TokenBook tokens,
            GlobusReplies replies,
            GlobusConsents consents) {
        this.consents = consents;
        this.clients = clients;
        this.codes = codes;
        this.tokens = tokens;
        this.replies = replies;
    }

    /** What a request to the endpoint asks for. */
    Call sort(Request request) {
        String grantType = Objects.requireNonNullElse(request.form().peek("grant_type"), "");
        return switch (grantType) {
            case "refresh_token" ->
                new Call(RequestKind.TOKEN_REFRESH, request.form().peek("refresh_token"), this::refresh);
            case "authorization_code" -> new Call(RequestKind.TOKEN_AUTHORIZATION_CODE, this::exchange);
            case "client_credentials" -> new Call(RequestKind.TOKEN_CLIENT_CREDENTIALS, this::clientCredentials);
            case DEPENDENT -> new Call("token.dependent", this::dependent);
            default -> new Call(RequestKind.TOKEN_OTHER, this::other);
        };
    }

    /** The tokens of a login, one per resource server. */
    List<Issued> open(
            Person person,
            Client client,
            List<String> scopes,
            Duration lifetime,
            boolean refreshable,
            Set<Change> changes) {
        List<Issued> issued = new ArrayList<>();
        GlobusScopes.byServer(scopes)
                .forEach((server, theirs) -> issued.add(
                        tokens.open(new Grant(person, client, server, theirs), lifetime, refreshable, changes)));
        return issued;
    }

    private Reply refresh(Request request) {
        Client client = clients.authenticate(request);
        return tokens.refresh(request.form().need("refresh_token"), client, request.changes())
                .map(issued -> replies.tokens(List.of(issued), request.changes()))
                .orElseThrow(GlobusTokens::invalidGrant);
    }

    private Reply exchange(Request request) {
        Client client = clients.authenticate(request);
        Form form = request.form();
        AuthorizationCode code = codes.take(form.need("code")).orElseThrow(GlobusTokens::invalidGrant);
        AuthorizationRequest asked = code.request();
        if (!asked.client().equals(client)
                || !asked.redirectUri().equals(form.one("redirect_uri"))
                || !isProven(asked, form)) {
            throw invalidGrant();
        }
        List<Issued> issued =
                open(code.person(), client, asked.scopes(), tokens.lifetime(), asked.offline(), request.changes());
        return replies.login(issued, request.changes(), asked.state(), asked.nonce());
    }

    private static boolean isProven(AuthorizationRequest asked, Form form) {
        String verifier = form.one("code_verifier");
        String challenge = asked.challenge();
        // A verifier without a challenge means that somebody took the challenge out of the authorize URL.
        return challenge == null ? verifier == null : verifier != null && Pkce.matches(verifier, challenge);
    }

    private Reply clientCredentials(Request request) {
        Client client = clients.authenticate(request);
        if (client.isPublic()) {
            throw new Refusal(Reply.error(400, "unauthorized_client", "a native client has no credentials"));
        }
        List<GlobusScopeTree> asked = GlobusScopeTree.parse(request.form().need("scope"));
        List<String> scopes = GlobusScopes.parse(request.form().need("scope"));
        Person itself = new Person("", "", client.id(), client.id() + "@clients.auth.globus.org", client.name(), "");
        consents.allow(itself, client, asked);
        return replies.login(
                open(itself, client, scopes, tokens.lifetime(), false, request.changes()),
                request.changes(),
                null,
                null);
    }

    /** What a service gets with its user's token, which must be for it: a bare array, for all that was allowed unless it names some. */
    private Reply dependent(Request request) {
        Client client = clients.authenticateConfidential(request);
        Form form = request.form();
        Grant given = tokens.access(form.need("token"))
                .map(AccessToken::grant)
                .filter(grant -> grant.audience().equals(client.id()))
                .orElseThrow(GlobusTokens::invalidGrant);
        List<String> allowed = given.scopes().stream()
                .flatMap(scope -> consents.below(given, scope).stream())
                .distinct()
                .toList();
        String scope = form.one("scope");
        List<String> scopes = scope == null ? allowed : GlobusScopes.parse(scope);
        List<String> missing =
                scopes.stream().filter(each -> !allowed.contains(each)).toList();
        if (!missing.isEmpty()) {
            throw consentRequired(missing);
        }
        boolean offline = "offline".equals(form.one("access_type"));
        return replies.dependent(
                open(given.person(), client, scopes, tokens.lifetime(), offline, request.changes()), request.changes());
    }

    private Reply other(Request request) {
        clients.authenticate(request);
        request.form().need("grant_type");
        throw new Refusal(Reply.error(400, "unsupported_grant_type", "this grant is not served here"));
    }

    private static Refusal consentRequired(List<String> missing) {
        ObjectNode json = Json.object().put("error", "dependent_consent_required");
        ArrayNode unapproved = json.putArray("errors").addObject().putArray("unapproved_scopes");
        missing.forEach(unapproved::add);
        return new Refusal(Reply.json(403, json));
    }

    /** As Globus says it: 401, where RFC 6749 would have 400. */
    private static Refusal invalidGrant() {
        return new Refusal(Reply.json(401, Json.object().put("error", "invalid_grant")));
    }
}
