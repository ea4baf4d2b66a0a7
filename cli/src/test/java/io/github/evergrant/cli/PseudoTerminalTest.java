package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.oauth.Pkce;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal: a real one, of the kind that {@code script} makes. */
final class PseudoTerminalTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    @Test
    void a_person_logs_in_by_pasting_a_code_and_another_process_goes_on() {
        Shell shell = play.shell(home);
        try (Program login = Program.inTerminal(shell, "login", "globus", "-s", "tour", "--paste")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> login.saidSoFar().contains("Code: "));
            login.type(play.allow(login.saidSoFar().replace("\r", ""), "demo") + "\n");
            assertThat(login.end().exits(0).out())
                    .contains("Signed in to Globus as demo@example.org")
                    .contains("Session tour is saved");
        }
        Map<String, @Nullable Object> authorize = logged("authorize");
        Map<String, @Nullable Object> exchange = logged("token.authorization_code");
        Map<String, String> asked = form(String.valueOf(authorize.get("query")));
        Map<String, String> redeemed = form(String.valueOf(exchange.get("body")));
        assertThat(asked).containsEntry("code_challenge_method", "S256");
        String verifier = redeemed.getOrDefault("code_verifier", "");
        assertThat(new Pkce(Secret.of(verifier)).challenge()).isEqualTo(asked.get("code_challenge"));

        // The session knows where it came from: another process needs no variable.
        shell.variables.remove("EVERGRANT_SANDBOX");
        Ran token = Program.start(shell, "token", "-s", "tour", "--resource-server", Play.GROUPS)
                .end();
        assertThat(shell.run("sessions", "show", "tour", "--reveal").out())
                .contains(token.isQuiet().line());
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    void a_person_who_ends_the_input_has_cancelled() {
        Shell shell = play.shell(home);
        try (Program login = Program.inTerminal(shell, "login", "globus", "-s", "tour", "--paste")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> login.saidSoFar().contains("Code: "));
            login.type("\u0004");
            assertThat(login.end().exits(8).out()).contains("cancelled");
        }
        assertThat(shell.run("sessions", "list").out()).doesNotContain("tour");
    }

    @Test
    @DisplayName("W15: the wait for a code ends when it was said to")
    void a_code_that_nobody_pastes_is_waited_for_as_long_as_said() {
        Shell shell = play.shell(home);
        try (Program login = Program.inTerminal(shell, "login", "globus", "-s", "tour", "--paste", "--timeout", "1s")) {
            assertThat(login.end().exits(8).out())
                    .contains("nobody pasted a code of Globus in time; nothing was saved")
                    .contains("run: evergrant login globus -s tour --paste --timeout 1s");
        }
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void without_a_terminal_nobody_is_asked() {
        Ran ran = Program.start(play.shell(home), "login", "globus", "-s", "tour", "--paste")
                .end();
        ran.exits(4).printsNothing();
        assertThat(ran.err().lines().filter(line -> line.contains("run:"))).hasSize(1);
    }

    private Map<String, @Nullable Object> logged(String kind) {
        Map<String, @Nullable Object> found = Map.of();
        if (Shell.object(play.log()).get("requests") instanceof List<?> requests) {
            for (Object each : requests) {
                Map<String, @Nullable Object> request = HostileJson.asObject(each);
                found = kind.equals(request.get("kind")) ? request : found;
            }
        }
        assertThat(found).as(kind).isNotEmpty();
        return found;
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        String pairs = text.startsWith("http") ? URI.create(text).getRawQuery() : text;
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
