package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.SandboxHand;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sandbox that plays Globus, its people, and what it counted. */
public final class PlayedGlobus implements AutoCloseable {

    public static final String AUTH = "auth.globus.org";
    public static final String GROUPS = "groups.api.globus.org";
    public static final String TRANSFER = "transfer.api.globus.org";
    public static final String MY_GROUPS = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    public static final String TRANSFER_ALL = "urn:globus:auth:scope:transfer.api.globus.org:all";
    public static final String DEMO = "11111111-2222-4333-8444-555555555555";

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

    private final SandboxHand sandbox = new SandboxHand("globus");
    public final GlobusProvider provider = new GlobusProvider(Map.of());
    public final ProviderData data = provider.describe(null, sandbox.base());
    public final Wire wire = new Wire(sandbox.http(), InstantSource.system());

    public URI base() {
        return sandbox.base();
    }

    /** What a login for Groups alone asks for. */
    public LoginRequest request() {
        return LoginRequest.of(provider, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of(MY_GROUPS));
    }

    /** A login of somebody for Groups alone. */
    public LoginResult login(String user) {
        return read(granted(user, MY_GROUPS));
    }

    /** A login by a token reply. */
    public LoginResult read(String reply) {
        return TokenReplyLogin.read(request(), reply, InstantSource.system());
    }

    /** The same login, by somebody with this identity. */
    public static LoginResult as(String identity, LoginResult login) {
        return login.withAccount(new Account(identity + "@example.org", identity));
    }

    /** A login's tokens in somebody's hand, with this end of the access token. */
    public LooseTokens loose(TokenData tokens, Instant expiry) {
        return LooseTokens.ofRefreshToken(
                        data,
                        GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                        tokens.resourceServer(),
                        tokens.refresh().orElseThrow())
                .with(tokens.accessToken(), expiry);
    }

    /** The address that lists groups. */
    public URI myGroups() {
        return api("groups").resolve("v2/groups/my_groups");
    }

    /** Where an API is. */
    public URI api(String name) {
        return Objects.requireNonNull(data.apis().get(name));
    }

    /** One that has made its key already: on a busy machine that alone takes longer than a request may. */
    public static PlayedGlobus ready() {
        PlayedGlobus globus = new PlayedGlobus();
        globus.token("openid");
        globus.reset();
        return globus;
    }

    /** Forgets everything. */
    public void reset() {
        sandbox.control("reset", "");
    }

    /** The reply to a login of somebody, as JSON. */
    public String granted(String user, String... scopes) {
        return grant("\"user\":\"" + user + "\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]");
    }

    /** @param more further fields of the order, as JSON */
    public String grant(String more) {
        return sandbox.grant(more);
    }

    /** The access token of a login of demo. */
    public Secret token(String... scopes) {
        return Secret.of(
                String.valueOf(SandboxHand.object(granted("demo", scopes)).get("access_token")));
    }

    /** A person signs in at an address and allows what is asked; answers where the browser is sent. */
    public String signIn(URI authorize, String user) {
        HttpReply page = send(HttpCall.get(authorize));
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        Matcher ticket = TICKET.matcher(page.text());
        assertThat(ticket.find()).isTrue();
        String form =
                "ticket=" + ticket.group(1) + "&username=" + user + "&password=" + user + "-password&decision=allow";
        URI action = URI.create(
                authorize.toString().substring(0, authorize.toString().indexOf('?')));
        HttpReply decided = send(HttpCall.postForm(action, form));
        assertThat(decided.status()).as(decided.text()).isEqualTo(303);
        return decided.header("Location").orElseThrow();
    }

    /** Every token ends now; nobody here knows. */
    public void expire() {
        sandbox.expire();
    }

    public void fault(String rules) {
        sandbox.faults(rules);
    }

    /** The next answer of a kind, once. */
    public void answer(String kind, int status, String body) {
        sandbox.fault(
                kind,
                "\"times\":1,\"do\":\"status\",\"status\":" + status
                        + ",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":" + SandboxHand.quoted(body));
    }

    /** So many answers of a kind have just a status. */
    public void answer(String kind, int times, int status) {
        sandbox.fault(kind, "\"times\":" + times + ",\"do\":\"status\",\"status\":" + status);
    }

    /** How many requests of a kind came. */
    public int requests(String kind) {
        return sandbox.requests(kind);
    }

    /** How many refresh tokens were used that had been replaced. */
    public int reuses() {
        return sandbox.reuses();
    }

    /** Everything Globus Auth was asked, by kind. */
    public String authTraffic() {
        return log().stream()
                .map(entry -> entry.at("kind").text())
                .filter(kind -> !kind.startsWith("groups."))
                .toList()
                .toString();
    }

    /** The requests that came, oldest first. */
    public List<Golden> log() {
        return new Golden(sandbox.told("requests")).at("requests").items();
    }

    /** The same as they were received. */
    public String transcript() {
        return sandbox.text("requests");
    }

    /** Somebody takes a token of the public client back, at Globus. */
    public void revoke(Secret token) {
        ask(HttpCall.postForm(
                api("auth").resolve("v2/oauth2/token/revoke"),
                "token=" + token.reveal() + "&client_id=" + GlobusProvider.SANDBOX_PUBLIC_CLIENT.id()));
    }

    public boolean isActive(Secret token) {
        String basic = Base64.getEncoder()
                .encodeToString(
                        "aaaaaaaa-0000-4000-8000-000000000001:sandbox-globus-secret".getBytes(StandardCharsets.UTF_8));
        String reply =
                ask(HttpCall.postForm(api("auth").resolve("v2/oauth2/token/introspect"), "token=" + token.reveal())
                        .withHeader("Authorization", "Basic " + basic));
        return reply.contains("\"active\":true");
    }

    public HttpReply send(HttpCall call) {
        try {
            return sandbox.http().send(call, Duration.ofSeconds(60), 1 << 20);
        } catch (HttpFailure e) {
            throw new AssertionError(e);
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String ask(HttpCall call) {
        HttpReply reply = send(call);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
