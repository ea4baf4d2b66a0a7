package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.globus.transfer.SandboxCollection;
import io.github.evergrant.sandbox.globus.transfer.TransferApi;
import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Dialect;
import io.github.evergrant.sandbox.server.GrantOrder;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.server.Routes;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.AuthorizationRequest;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.IdTokens;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Globus: Auth below {@code /globus/auth/}, Groups below {@code /globus/groups/}, Transfer below
 * {@code /globus/transfer/}. To the common request kinds it adds {@code token.dependent}, {@code consents},
 * {@code identities}, {@code clients.create}, {@code groups.my_groups}, {@code groups.group} and those of Transfer, such as
 * {@code transfer.ls}. Safe for all threads.
 */
public final class GlobusDialect implements Dialect {

    private static final String NAME = "globus";
    private static final String AUTH = "/globus/auth/";
    private static final String GROUPS = "/globus/groups/";
    private static final String TRANSFER = "/globus/transfer/";

    private final String base;
    private final GlobusClients clients;
    private final OneTime<AuthorizationRequest> tickets;
    private final OneTime<AuthorizationCode> codes;
    private final TokenBook tokens;
    private final GlobusReplies replies;
    private final GlobusTokens endpoint;
    private final TransferApi transfer;
    private final GlobusConsents consents;
    private final GlobusSessions sessions;
    private final GlobusDirectory directory;
    private final Routes routes;

    /**
     * Globus at that base address.
     *
     * @param base the sandbox's address, without a slash at the end
     * @param people who can sign in
     * @param registered the clients; the first is the default of {@code /_sandbox/grant}
     * @param groups what Globus Groups knows
     * @param collections what Globus Transfer knows
     */
    public GlobusDialect(
            String base,
            List<Person> people,
            List<Client> registered,
            List<GlobusGroup> groups,
            List<SandboxCollection> collections,
            TokenPolicy policy,
            Randomness random,
            InstantSource clock) {
        String issuer = base + "/globus/auth";
        IdTokens idTokens = new IdTokens(random);
        this.base = base;
        clients = new GlobusClients(registered, base + AUTH + "v2/web/auth-code");
        tickets = new OneTime<>("sandbox-ticket-", random, clock);
        codes = new OneTime<>("sandbox-code-", random, clock);
        tokens = new TokenBook(policy, random, clock);
        replies = new GlobusReplies(issuer, idTokens, clock);
        consents = new GlobusConsents(clock);
        sessions = new GlobusSessions(clock);
        GlobusHolders holders = new GlobusHolders(tokens, random);
        endpoint = new GlobusTokens(clients, codes, tokens, replies, consents);
        directory = new GlobusDirectory(holders, clients, consents, people, random);
        GlobusAuthorize authorize =
                new GlobusAuthorize(AUTH + "v2/oauth2/authorize", clients, people, tickets, codes, consents, sessions);
        GlobusInspection inspection = new GlobusInspection(issuer, clients, tokens, sessions);
        GlobusApi api = new GlobusApi(holders, sessions, groups);
        transfer = new TransferApi(TRANSFER, collections, tokens, consents::hasBelow, random, clock);
        routes = new Routes()
                .on("GET", AUTH + "v2/oauth2/authorize", RequestKind.AUTHORIZE, authorize::page)
                .on("POST", AUTH + "v2/oauth2/authorize", RequestKind.AUTHORIZE_DECISION, authorize::decide)
                .on("GET", AUTH + "v2/web/auth-code", RequestKind.AUTH_CODE_PAGE, authorize::codePage)
                .on("POST", AUTH + "v2/oauth2/token", endpoint::sort)
                .on("POST", AUTH + "v2/oauth2/token/revoke", RequestKind.REVOKE, inspection::revoke)
                .on("POST", AUTH + "v2/oauth2/token/introspect", RequestKind.INTROSPECT, inspection::introspect)
                .on("GET", AUTH + "v2/oauth2/userinfo", RequestKind.USERINFO, api::userinfo)
                .on("GET", AUTH + ".well-known/openid-configuration", RequestKind.DISCOVERY, any -> discovery(issuer))
                .on("GET", AUTH + "jwk.json", RequestKind.JWKS, any -> Reply.json(200, idTokens.jwks()))
                .on("GET", AUTH + "v2/api/identities", "identities", directory::identities)
                .on("GET", AUTH + "v2/api/identities/*/consents", "consents", directory::consents)
                .on("POST", AUTH + "v2/api/clients", "clients.create", directory::register)
                .on("GET", GROUPS + "v2/groups/my_groups", "groups.my_groups", api::myGroups)
                .on("GET", GROUPS + "v2/groups/*", "groups.group", api::group)
                .below(TRANSFER, transfer::call);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("auth", base + AUTH);
        places.put("transfer", base + TRANSFER);
        places.put("groups", base + GROUPS);
        return places;
    }

    @Override
    public Call call(Request request) {
        return routes.find(request);
    }

    @Override
    public Reply grant(GrantOrder order) {
        Client client = clients.find(order.client() == null ? clients.usual().id() : order.client())
                .orElseThrow(() -> Refusal.badRequest("client is not known to globus: " + order.client()));
        String scope = String.join(" ", order.scopes() == null ? GlobusScopes.USUAL : order.scopes());
        List<String> scopes = GlobusScopes.parse(scope);
        consents.allow(order.person(), client, GlobusScopeTree.parse(scope));
        return replies.login(
                endpoint.open(
                        order.person(),
                        client,
                        scopes,
                        order.lifetime() == null ? tokens.lifetime() : order.lifetime(),
                        order.refresh(),
                        Set.of()),
                Set.of(),
                null,
                null);
    }

    @Override
    public TokenBook tokens() {
        return tokens;
    }

    @Override
    public void clear() {
        tickets.clear();
        codes.clear();
        consents.clear();
        sessions.clear();
        directory.clear();
        clients.clear();
        tokens.clear();
        transfer.clear();
    }

    private static Reply discovery(String issuer) {
        ObjectNode json = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/v2/oauth2/authorize")
                .put("userinfo_endpoint", issuer + "/v2/oauth2/userinfo")
                .put("token_endpoint", issuer + "/v2/oauth2/token")
                .put("revocation_endpoint", issuer + "/v2/oauth2/token/revoke")
                .put("introspection_endpoint", issuer + "/v2/oauth2/token/introspect")
                .put("jwks_uri", issuer + "/jwk.json");
        json.putArray("response_types_supported").add("code");
        json.putArray("code_challenge_methods_supported").add("S256");
        json.putArray("id_token_signing_alg_values_supported").add("RS512");
        json.putArray("scopes_supported").add("openid").add("email").add("profile");
        json.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
        json.putArray("subject_types_supported").add("public");
        return Reply.json(200, json);
    }
}
