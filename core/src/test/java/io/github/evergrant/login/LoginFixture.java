package io.github.evergrant.login;

import io.github.evergrant.http.ScriptedSender;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ClientAuthentication;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider on paper, and a wire that is a script. */
final class LoginFixture {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Client NATIVE = Client.open("client");
    static final Client CONFIDENTIAL = Client.confidential("client", Secret.of("canary-secret"));

    static final ProviderData PROVIDER = new ProviderData(
            "paper",
            "Paper",
            "production",
            null,
            new Endpoints(
                    "https://issuer.example",
                    URI.create("https://issuer.example/authorize"),
                    URI.create("https://issuer.example/token"),
                    URI.create("https://issuer.example/revoke"),
                    URI.create("https://issuer.example/introspect"),
                    URI.create("https://issuer.example/userinfo"),
                    null),
            "api.example",
            Scopes.of("openid", "all"),
            null,
            null,
            URI.create("https://issuer.example/code"),
            "https://issuer.example/register",
            Map.of());

    static final ProviderData BARE = new ProviderData(
            "bare",
            "Bare",
            "production",
            null,
            new Endpoints(
                    "https://bare.example", null, URI.create("https://bare.example/token"), null, null, null, null),
            "bare.example",
            Scopes.NONE,
            null,
            null,
            null,
            "https://bare.example/register",
            Map.of());

    final ScriptedSender sender = new ScriptedSender(NOW);
    final Wire wire = new Wire(sender, InstantSource.fixed(NOW));

    static LoginRequest request(Client client) {
        return new LoginRequest(PROVIDER, client, Scopes.of("openid", "all"), true, Map.of("access_type", "offline"));
    }

    static LoginRequest withoutOpenid(Client client) {
        return new LoginRequest(PROVIDER, client, Scopes.of("all"), true, Map.of());
    }

    /** Of a server that says it names itself in every answer (RFC 9207). */
    static LoginRequest namingIssuer() {
        Endpoints known = PROVIDER.endpoints();
        Endpoints naming = new Endpoints(
                known.issuer(),
                known.authorization(),
                known.token(),
                known.revocation(),
                known.introspection(),
                known.userinfo(),
                known.jwks(),
                true);
        return new LoginRequest(
                new ProviderData(
                        "paper",
                        "Paper",
                        "production",
                        null,
                        naming,
                        PROVIDER.defaultResourceServer(),
                        PROVIDER.defaultScopes(),
                        null,
                        null,
                        null,
                        PROVIDER.registrationPage(),
                        Map.of()),
                NATIVE,
                Scopes.of("all"),
                true,
                Map.of());
    }

    /** Of a person who has yet to name a client of theirs, which is registered with that address. */
    static LoginRequest setUp(URI registered) {
        SetUp.Link link = new SetUp.Link("its <page>", URI.create("https://issuer.example/register?a=b&c=d"));
        SetUp setUp = new SetUp(
                registered,
                ClientAuthentication.POST,
                List.of(new SetUp.Step("Create one on ", link, "."), new SetUp.Step("Copy <both>.")));
        return new LoginRequest(PROVIDER, Client.open(""), Scopes.of("all"), false, Map.of(), setUp);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that shows codes to be pasted to clients without a secret only. */
    static ProviderData pastingForPublicClients() {
        return PROVIDER.withPasteForPublicClients();
    }

    Map<String, String> form(int call) {
        return form(sender.body(call));
    }

    static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> decoded(it[0]), it -> decoded(it[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
