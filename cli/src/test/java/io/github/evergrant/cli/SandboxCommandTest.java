package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxCommandTest {

    @TempDir
    private Path home;

    @Test
    void serves_from_the_ready_line_on_until_it_is_ended() throws Exception {
        try (Launched sandbox = new Launched(Map.of(), "sandbox", "--seed", "7")) {
            Map<String, @Nullable Object> ready = Shell.object(String.valueOf(sandbox.hear()));
            URI base = URI.create(String.valueOf(ready.get("base")));

            assertThat(ready).containsEntry("ready", true).containsKeys("agave", "globus", "spatiafi");
            String stats = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(base.resolve("/_sandbox/stats"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(stats).startsWith("{\"agave\":").contains(",\"globus\":");
            new Shell(home)
                    .run("sandbox", "--port", String.valueOf(base.getPort()))
                    .exits(2)
                    .printsNothing()
                    .says("cannot listen on port " + base.getPort())
                    .advises("evergrant sandbox --port 0");

            sandbox.signal("TERM");

            assertThat(sandbox.end()).isEqualTo(143);
        }
    }

    @Test
    void a_setting_that_cannot_be_is_a_usage_error() {
        Shell shell = new Shell(home);

        shell.run("sandbox", "--port", "65536").exits(2).says("port must be from 0 to 65535");
        shell.run("sandbox", "--access-token-lifetime", "0s").exits(2).says("at least a second");
        shell.run("sandbox", "--rotate", "sometimes").exits(2);
        shell.run("sandbox", "--latency", "soon").exits(2).says("no length of time");
    }

    /** In a process of its own: here, unlike anywhere else, a secret of the sandbox is to be shown. */
    @Test
    void help_names_the_people_the_clients_and_the_calls() throws Exception {
        try (Launched help = new Launched(Map.of(), "sandbox", "--help")) {
            assertThat(new String(help.bytes(), StandardCharsets.UTF_8))
                    .contains("demo with demo-password", "other with other-password", Play.PUBLIC_CLIENT)
                    .contains(Play.CONFIDENTIAL_CLIENT, Play.CONFIDENTIAL_SECRET)
                    .contains("sd2e", "sandbox-agave-key with the secret sandbox-agave-secret")
                    .contains("bbbbbbbb-0000-4000-8000-000000000001")
                    .contains("sandbox-spatiafi-secret-0123456789-abcdefgh")
                    .contains("/_sandbox/stats", "/_sandbox/requests", "/_sandbox/grant")
                    .contains("/_sandbox/lifetime", "/_sandbox/expire", "/_sandbox/faults", "/_sandbox/reset");
            assertThat(help.end()).isZero();
        }
    }
}
