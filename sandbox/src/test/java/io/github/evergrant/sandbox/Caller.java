package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.server.Json;
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
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of a sandbox. */
final class Caller {

    static final String TOKEN = "/globus/auth/v2/oauth2/token";
    static final String MY_GROUPS = "/globus/groups/v2/groups/my_groups";
    static final String GROUPS_SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Caller(Sandbox sandbox) {
        this.base = sandbox.base();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).build());
    }

    HttpResponse<String> form(String path, @Nullable String authorization, String... pairs) {
        return send(formRequest(path, authorization, pairs));
    }

    CompletableFuture<HttpResponse<String>> formLater(String path, String... pairs) {
        return sendLater(formRequest(path, null, pairs));
    }

    HttpResponse<String> json(String path, String body) {
        return send(request(path, "Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** A call under {@code /_sandbox/} that has to work. */
    JsonNode control(String name, String body) {
        HttpResponse<String> reply = json("/_sandbox/" + name, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    /** A login of demo for Groups. */
    JsonNode grantGroups() {
        return control("grant", "{\"dialect\":\"globus\",\"scopes\":[\"" + GROUPS_SCOPE + "\"]}");
    }

    HttpResponse<String> refresh(String refreshToken) {
        return form(TOKEN, null, refreshForm(refreshToken));
    }

    CompletableFuture<HttpResponse<String>> refreshLater(String refreshToken) {
        return formLater(TOKEN, refreshForm(refreshToken));
    }

    HttpResponse<String> myGroups(String accessToken) {
        return get(MY_GROUPS, "Authorization", "Bearer " + accessToken);
    }

    void fault(String rules) {
        control("faults", "[" + rules + "]");
    }

    JsonNode stats() {
        return stats("globus");
    }

    JsonNode stats(String dialect) {
        return Json.parse(get("/_sandbox/stats").body()).get(dialect);
    }

    JsonNode log() {
        return Json.parse(get("/_sandbox/requests").body()).get("requests");
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder;
    }

    static String basic() {
        return basic(
                SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.id(),
                String.valueOf(SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT.secret()));
    }

    static String basic(String id, String secret) {
        String pair = id + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String text(JsonNode json, String field) {
        return json.get(field).stringValue();
    }

    static String query(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String[] refreshForm(String refreshToken) {
        return new String[] {
            "refresh_token",
            refreshToken,
            "grant_type",
            "refresh_token",
            "client_id",
            SandboxPeople.GLOBUS_PUBLIC_CLIENT.id()
        };
    }

    private HttpRequest formRequest(String path, @Nullable String authorization, String... pairs) {
        HttpRequest.Builder builder = request(path, "Content-Type", "application/x-www-form-urlencoded");
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.POST(BodyPublishers.ofString(query(pairs))).build();
    }
}
