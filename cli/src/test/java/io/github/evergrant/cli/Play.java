package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sandbox over a real socket, and the hand that plays it. */
final class Play implements AutoCloseable {

    static final String PUBLIC_CLIENT = "61338d24-54d5-408f-a10d-66c06b59f6d2";
    static final String CONFIDENTIAL_CLIENT = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String CONFIDENTIAL_SECRET = "sandbox-globus-secret";
    static final String GROUPS = "groups.api.globus.org";
    static final String GROUPS_SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";

    private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^http\\S+$");

    private final Sandbox sandbox;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Play() {
        this.sandbox = Sandbox.start(SandboxSettings.defaults());
    }

    /** A port of this machine that nobody has at the moment. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return sandbox.base().toString();
    }

    /** A shell in which logins go here. */
    Shell shell(java.nio.file.Path home) {
        return new Shell(home).with("EVERGRANT_SANDBOX", base());
    }

    /** The token reply of a finished login of demo. */
    String grant() {
        return control("grant", "{\"dialect\":\"globus\"}");
    }

    /** The same for Groups alone. */
    String grantGroups() {
        return grantScope(GROUPS_SCOPE);
    }

    /** The same for one scope. */
    String grantScope(String scope) {
        return control("grant", "{\"dialect\":\"globus\",\"scopes\":[\"" + scope + "\"]}");
    }

    /** The same by a client of the sandbox's, for so many seconds. */
    String grantGroups(String client, int seconds) {
        return control(
                "grant",
                "{\"dialect\":\"globus\",\"client\":\"" + client + "\",\"scopes\":[\"" + GROUPS_SCOPE
                        + "\"],\"expires_in\":" + seconds + "}");
    }

    /** The same, with tokens that end in so many seconds. */
    String grantEnding(int seconds) {
        return control(
                "grant",
                "{\"dialect\":\"globus\",\"scopes\":[\"" + GROUPS_SCOPE + "\"],\"expires_in\":" + seconds + "}");
    }

    String grantGroups(String user) {
        return control(
                "grant", "{\"dialect\":\"globus\",\"user\":\"" + user + "\",\"scopes\":[\"" + GROUPS_SCOPE + "\"]}");
    }

    /** Every refresh goes wrong in this way until {@link #heal}. */
    void breakRefresh(String fault) {
        breakAll("token.refresh", fault);
    }

    /** Every request of a kind goes wrong in this way until {@link #heal}. */
    void breakAll(String kind, String fault) {
        control("faults", "[{\"dialect\":\"globus\",\"kind\":\"" + kind + "\",\"times\":1000000," + fault + "}]");
    }

    /** The first few requests of a kind go wrong in this way. */
    void breakFirst(String kind, int times, String fault) {
        control("faults", "[{\"dialect\":\"globus\",\"kind\":\"" + kind + "\",\"times\":" + times + "," + fault + "}]");
    }

    /** All access tokens end now, and nobody is told. */
    void expire() {
        control("expire", "{}");
    }

    /** The token reply of a finished login of demo with Agave. */
    String grantAgave() {
        return control("grant", "{\"dialect\":\"agave\"}");
    }

    /** The next request of a kind of any dialect is answered so many milliseconds later. */
    void slow(String dialect, String kind, int millis) {
        control(
                "faults",
                "[{\"dialect\":\"" + dialect + "\",\"kind\":\"" + kind + "\",\"do\":\"delay\",\"ms\":" + millis + "}]");
    }

    /** The refresh token of a grant that somebody made at an environment of tastytrade. */
    String grantTastytrade(String user, String environment) {
        String client = "sandbox-tastytrade" + (environment.equals("production") ? "" : "-" + environment);
        Object token = Shell.object(control(
                        "grant",
                        "{\"dialect\":\"tastytrade\",\"client\":\"" + client + "\",\"user\":\"" + user + "\"}"))
                .get("refresh_token");
        return String.valueOf(token);
    }

    void heal() {
        control("faults", "[]");
    }

    void reset() {
        control("reset", "");
    }

    /** How many requests of a kind there were. */
    int requests(String kind) {
        return requests("globus", kind);
    }

    /** The same of any dialect. */
    int requests(String dialect, String kind) {
        Map<String, @Nullable Object> stats =
                HostileJson.asObject(Shell.object(get("/_sandbox/stats")).get(dialect));
        Object count = HostileJson.asObject(stats.get("requests")).get(kind);
        return count instanceof Number number ? number.intValue() : 0;
    }

    /** The first request of a kind of any dialect is answered with a status and a body. */
    void answer(String dialect, String kind, int status, String body) {
        control(
                "faults",
                "[{\"dialect\":\"" + dialect + "\",\"kind\":\"" + kind + "\",\"do\":\"status\",\"status\":" + status
                        + ",\"body\":\"" + body.replace("\"", "\\\"") + "\"}]");
    }

    /** A number of the sandbox's own, such as {@code reuses}. */
    int stat(String name) {
        Object count = HostileJson.asObject(Shell.object(get("/_sandbox/stats")).get("globus"))
                .get(name);
        return count instanceof Number number ? number.intValue() : 0;
    }

    /** Whether the latest request of a kind has not been answered yet. */
    boolean isOpen(String kind) {
        boolean open = false;
        if (Shell.object(log()).get("requests") instanceof List<?> requests) {
            for (Object each : requests) {
                Map<String, @Nullable Object> request = HostileJson.asObject(each);
                if (kind.equals(request.get("kind"))) {
                    open = Boolean.TRUE.equals(request.get("open"));
                }
            }
        }
        return open;
    }

    /** What was revoked, in order; none of it is alive. */
    List<String> revoked() {
        List<String> tokens = new ArrayList<>();
        if (Shell.object(log()).get("requests") instanceof List<?> requests) {
            for (Object each : requests) {
                Map<String, @Nullable Object> request = HostileJson.asObject(each);
                if ("revoke".equals(request.get("kind"))) {
                    tokens.add(query("http://x/?" + request.get("body"), "token"));
                }
            }
        }
        assertThat(tokens).allSatisfy(token -> assertThat(introspected(token)).contains("\"active\":false"));
        return tokens;
    }

    private String introspected(String token) {
        String client = CONFIDENTIAL_CLIENT + ":" + CONFIDENTIAL_SECRET;
        return send(HttpRequest.newBuilder(sandbox.base().resolve("/globus/auth/v2/oauth2/token/introspect"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.ofString("token=" + token)))
                .body();
    }

    /** All requests as they were received. */
    String log() {
        return get("/_sandbox/requests");
    }

    /** Signs in on the page whose address was shown last, and returns the code of the last page. */
    String allow(String shown, String user) {
        return query(decide(shown, user, "allow"), "code");
    }

    /** The address of the last page. */
    String decide(String shown, String user, String decision) {
        Matcher address = ADDRESS.matcher(shown);
        String last =
                address.results().reduce((one, other) -> other).orElseThrow().group();
        String page = send(HttpRequest.newBuilder(URI.create(last))).body();
        Matcher ticket = TICKET.matcher(page);
        Matcher action = ACTION.matcher(page);
        assertThat(ticket.find() && action.find()).as(page).isTrue();
        String form = "ticket=" + ticket.group(1) + "&username=" + user + "&password=" + user + "-password&decision="
                + decision;
        return send(HttpRequest.newBuilder(sandbox.base().resolve(action.group(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private String control(String name, String body) {
        HttpResponse<String> reply = send(HttpRequest.newBuilder(sandbox.base().resolve("/_sandbox/" + name))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(sandbox.base().resolve(path))).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String query(String address, String name) {
        for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(name + " is not in " + address);
    }
}
