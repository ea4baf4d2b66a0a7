package io.github.evergrant.proofs;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The hand that plays one sandbox, past all faults: what it asks is of kinds that no rule names. For one thread. */
final class SandboxHand {

    static final String GROUPS = "groups.api.globus.org";
    static final String TRANSFER = "transfer.api.globus.org";

    private static final String GROUPS_SCOPE =
            "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    private static final String TRANSFER_SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all";
    private static final Client MACHINE = GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT;
    private static final Client PUBLIC = GlobusProvider.SANDBOX_PUBLIC_CLIENT;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final InstantSource clock;
    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final ProviderData provider;
    private long seen;

    /** @param grace what a login says of it; null for nothing */
    SandboxHand(URI base, InstantSource clock, @Nullable Duration grace) {
        this.base = base;
        this.clock = clock;
        ProviderData data = globus.describe(null, base);
        this.provider = new ProviderData(
                data.id(),
                data.title(),
                data.environment(),
                data.base(),
                data.endpoints(),
                data.defaultResourceServer(),
                data.defaultScopes(),
                data.defaultLifetime(),
                grace,
                data.pasteRedirect(),
                data.registrationPage(),
                data.apis());
    }

    /** What a person's login brings, for one resource server or for both. */
    LoginResult login(boolean both) {
        String scopes = "\"" + GROUPS_SCOPE + "\"" + (both ? ",\"" + TRANSFER_SCOPE + "\"" : "");
        String reply = control("grant", "{\"dialect\":\"globus\",\"scopes\":[" + scopes + "]}");
        LoginRequest request = LoginRequest.of(globus, provider, PUBLIC, Scopes.of(GROUPS_SCOPE));
        return TokenReplyLogin.read(request, reply, clock);
    }

    void faults(List<String> rules) {
        control("faults", "[" + String.join(",", rules) + "]");
    }

    /** Whether the server takes an access token now. */
    boolean isGood(Secret token) {
        String basic = MACHINE.id() + ":" + secretOf(MACHINE).reveal();
        HttpRequest.Builder request = form("v2/oauth2/token/introspect", "token=" + encoded(token))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        return Json.parse(send(request).body()).get("active").booleanValue();
    }

    /** Ends a refresh token's family, as a person does who takes the consent back. */
    void revoke(Secret refreshToken) {
        send(form("v2/oauth2/token/revoke", "client_id=" + PUBLIC.id() + "&token=" + encoded(refreshToken)));
    }

    /** Uses a refresh token, as a thief does. */
    int use(Secret refreshToken) {
        return send(form(
                        "v2/oauth2/token",
                        "grant_type=refresh_token&client_id=" + PUBLIC.id() + "&refresh_token="
                                + encoded(refreshToken)))
                .statusCode();
    }

    /** The requests of a kind since this was last asked. */
    List<JsonNode> requests(String kind) {
        JsonNode log = log(seen);
        seen = log.get("last").longValue();
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode each : log.get("requests")) {
            if (kind.equals(each.get("kind").asString())) {
                all.add(each);
            }
        }
        return all;
    }

    /** Whether the server has answered or dropped all there was. */
    boolean isIdle() {
        for (JsonNode each : log(0).get("requests")) {
            if (each.get("open").booleanValue()) {
                return false;
            }
        }
        return true;
    }

    /** A number of the statistics, such as {@code reuses}. */
    long stat(String name) {
        return Json.parse(send(HttpRequest.newBuilder(base.resolve("/_sandbox/stats")))
                        .body())
                .get("globus")
                .get(name)
                .longValue();
    }

    private JsonNode log(long since) {
        return Json.parse(send(HttpRequest.newBuilder(base.resolve("/_sandbox/requests?since=" + since)))
                .body());
    }

    private String control(String name, String body) {
        HttpResponse<String> reply = send(HttpRequest.newBuilder(base.resolve("/_sandbox/" + name))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (reply.statusCode() != 200) {
            throw new AssertionError(name + " " + body + ": " + reply.body());
        }
        return reply.body();
    }

    private HttpRequest.Builder form(String path, String body) {
        return HttpRequest.newBuilder(base.resolve("/globus/auth/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Secret secretOf(Client client) {
        Secret secret = client.secret();
        if (secret == null) {
            throw new IllegalStateException("a public client has no secret");
        }
        return secret;
    }

    static String encoded(Secret token) {
        return URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8);
    }
}
