package io.github.evergrant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.sandbox.server.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1", ""})
    void a_host_that_is_not_loopback_is_misdirected(String host) {
        String reply =
                RawConnection.exchangeOnce(sandbox, "GET /_sandbox/stats HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 421");
        assertThat(reply).doesNotContain("globus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:80"})
    void any_name_of_loopback_is_served(String host) {
        String reply =
                RawConnection.exchangeOnce(sandbox, "GET /_sandbox/stats HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_web_page_elsewhere_cannot_set_faults() {
        HttpResponse<String> reply = caller.send(caller.request("/_sandbox/faults", "Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("[]"))
                .build());

        assertThat(reply.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,404",
        "GET,/_sandbox/nothing,404",
        "GET,/_sandbox/reset,405",
        "GET,/globus,404",
        "GET,/globus/auth/v2/oauth2/token,405",
        "HEAD,/globus/auth/v2/oauth2/token,405",
        "DELETE,/_sandbox/stats,405",
        "POST,/globus/groups/v2/groups/my_groups,405",
        "OPTIONS,*,404",
        "GET,http://evil.example/globus/nothing,404",
    })
    void what_is_not_there_says_so(String method, String path, int status) {
        String reply =
                RawConnection.exchangeOnce(sandbox, method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void a_body_longer_than_a_MiB_is_refused() {
        HttpResponse<String> fits = caller.form(Caller.TOKEN, null, "a", "x".repeat(1024 * 1024 - 2));
        HttpResponse<String> tooLong = caller.form(Caller.TOKEN, null, "a", "x".repeat(1024 * 1024 - 1));

        assertThat(fits.statusCode()).isEqualTo(401);
        assertThat(tooLong.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_type=refresh_token|401|invalid_client",
                "client_id=nobody&grant_type=refresh_token|401|invalid_client",
                "client_id=aaaaaaaa-0000-4000-8000-000000000001&grant_type=refresh_token|401|invalid_client",
                "client_id=61338d24-54d5-408f-a10d-66c06b59f6d2|400|invalid_request",
                "client_id=61338d24-54d5-408f-a10d-66c06b59f6d2&grant_type=password|400|unsupported_grant_type",
                "client_id=61338d24-54d5-408f-a10d-66c06b59f6d2&grant_type=refresh_token|400|invalid_request",
                "client_id=61338d24-54d5-408f-a10d-66c06b59f6d2&grant_type=refresh_token&refresh_token=a&refresh_token=b|400|invalid_request",
                "client_id=61338d24-54d5-408f-a10d-66c06b59f6d2&grant_type=client_credentials&scope=openid|400|unauthorized_client",
                "client_id=%zz&grant_type=refresh_token|400|invalid_request",
            })
    void a_bad_token_request_gets_the_error_of_the_standard(String form, int status, String error) {
        HttpResponse<String> reply =
                caller.send(caller.request(Caller.TOKEN, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(Json.parse(reply.body()).get("error").stringValue()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic !!!",
                "Basic",
                "Bearer x",
                "Basic YWFhYWFhYWEtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxOndyb25n",
                "Basic NjEzMzhkMjQtNTRkNS00MDhmLWExMGQtNjZjMDZiNTlmNmQyOg==",
            })
    void a_client_that_does_not_prove_itself_is_invalid(String authorization) {
        HttpResponse<String> reply = caller.form(
                Caller.TOKEN, authorization, "grant_type", "client_credentials", "scope", Caller.GROUPS_SCOPE);

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(Json.parse(reply.body()).get("error").stringValue()).isEqualTo("invalid_client");
    }

    @Test
    void groups_refuses_strangers_with_401_and_a_token_without_the_scope_with_403() {
        String auth = Caller.text(caller.control("grant", "{\"dialect\":\"globus\"}"), "access_token");
        String lacking = Caller.text(
                caller.control(
                        "grant",
                        "{\"dialect\":\"globus\",\"scopes\":[\"urn:globus:auth:scope:groups.api.globus.org:all\"]}"),
                "access_token");

        assertThat(caller.get(Caller.MY_GROUPS).statusCode()).isEqualTo(401);
        assertThat(caller.myGroups("never-issued").body())
                .contains("\"code\":\"UNAUTHORIZED\"")
                .contains("\"error\":\"unauthorized\"");
        assertThat(caller.myGroups(auth).statusCode())
                .as("another server's token")
                .isEqualTo(401);
        assertThat(caller.myGroups(lacking).statusCode()).isEqualTo(403);
    }

    @Test
    void a_revoked_refresh_token_ends_its_family_and_introspection_says_so() {
        var login = caller.grantGroups();
        String access = Caller.text(login, "access_token");
        assertThat(introspect(access)).contains("\"active\":true").contains("demo@example.org");
        assertThat(introspect(Caller.text(login, "refresh_token"))).contains("\"active\":true");

        HttpResponse<String> revoked = caller.form(
                Caller.TOKEN + "/revoke",
                null,
                "token",
                Caller.text(login, "refresh_token"),
                "client_id",
                SandboxPeople.GLOBUS_PUBLIC_CLIENT.id());

        assertThat(revoked.body()).isEqualTo("{\"active\":false}");
        assertThat(introspect(access)).isEqualTo("{\"active\":false}");
        assertThat(caller.refresh(Caller.text(login, "refresh_token")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_thousand_delayed_requests_wait_together() {
        caller.fault("{\"kind\":\"groups.my_groups\",\"do\":\"delay\",\"ms\":2000,\"times\":1000}");
        String access = Caller.text(caller.grantGroups(), "access_token");
        long before = System.nanoTime();

        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            replies.add(caller.sendLater(caller.request(Caller.MY_GROUPS, "Authorization", "Bearer " + access)
                    .build()));
        }

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.join().statusCode()).isEqualTo(200));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_taken_port_is_said_and_closing_twice_is_harmless() {
        SandboxSettings same =
                SandboxSettings.defaults().withPort(sandbox.base().getPort());
        assertThatThrownBy(() -> Sandbox.start(same))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen");

        sandbox.close();
        sandbox.close();

        try (Sandbox next = Sandbox.start(same)) {
            assertThat(next.base()).isEqualTo(sandbox.base());
        }
    }

    @Test
    void settings_refuse_what_cannot_be() {
        SandboxSettings settings = SandboxSettings.defaults();

        assertThatThrownBy(() -> settings.withPort(70_000)).hasMessageContaining("port");
        assertThatThrownBy(() -> settings.withAccessTokenLifetime(Duration.ZERO))
                .hasMessageContaining("lifetime");
        assertThatThrownBy(() -> settings.withReuseGrace(Duration.ofSeconds(-1)))
                .hasMessageContaining("grace");
        assertThatThrownBy(() -> settings.withLatency(Duration.ofSeconds(-1))).hasMessageContaining("latency");
    }

    private String introspect(String token) {
        return caller.form(Caller.TOKEN + "/introspect", Caller.basic(), "token", token)
                .body();
    }
}
