package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionCommandsTest {

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        PLAY.reset();
        shell = PLAY.shell(home);
        shell.logIn("tour", PLAY.grantGroups());
    }

    private void second() {
        shell.logIn("second", PLAY.grant());
    }

    @Test
    void logout_revokes_and_forgets() {
        shell.run("logout", "-s", "tour").exits(0).printsNothing().says("Session tour is gone.\n");

        assertThat(PLAY.requests("revoke")).isEqualTo(2);
        shell.run("token", "-s", "tour").exits(4).advises("evergrant login globus -s tour");
    }

    @Test
    void logout_names_what_could_not_be_revoked_and_forgets_all_the_same() {
        PLAY.breakAll("revoke", "\"do\":\"drop\"");

        shell.run("logout", "-s", "tour").exits(0).says("warning: session tour: not revoked: ", "is gone");

        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void logout_can_leave_the_tokens_alive() {
        shell.run("logout", "-s", "tour", "--keep-at-provider").exits(0);

        assertThat(PLAY.requests("revoke")).isZero();
        shell.run("token", "-s", "tour").exits(4);
    }

    @Test
    void logout_of_all_ends_all() {
        second();

        Map<String, @Nullable Object> json =
                shell.run("logout", "--all", "--json").exits(0).json();

        assertThat(String.valueOf(json.get("sessions"))).contains("tour", "second");
        shell.run("logout", "--all").exits(0).says("There are no sessions.");
        shell.run("logout", "--all", "-s", "tour").exits(2);
        shell.run("logout").exits(4).says("there is no session yet").advises("evergrant login globus");
    }

    @Test
    void status_is_told_without_a_request() {
        Ran ran = shell.run("status").isQuiet();

        assertThat(ran.out().lines().toList().get(0))
                .matches("SESSION +PROVIDER +ACCOUNT +RESOURCE SERVER +STATE +EXPIRES");
        ran.prints("globus (sandbox)", Play.GROUPS, "fresh", "in 14 min");
        assertThat(PLAY.log()).contains("\"requests\":[]");
    }

    @Test
    void status_has_colours_only_for_a_terminal() {
        assertThat(shell.run("status").out()).doesNotContain("\u001b");
        assertThat(shell.run("status", "--color", "always").out()).contains("\u001b[32mfresh\u001b[0m");
        shell.terminal.showsStandardOutput();
        assertThat(shell.run("status").out()).contains("\u001b[32m");
        assertThat(shell.run("status", "--color=never").out()).doesNotContain("\u001b");
        assertThat(shell.with("NO_COLOR", "1").run("status").out()).doesNotContain("\u001b");
    }

    @Test
    void status_for_scripts_has_all_a_script_needs_and_no_secret() {
        shell.later(Duration.ofSeconds(1000));
        shell.run("token").exits(0);

        Map<String, @Nullable Object> json =
                shell.run("status", "-s", "tour", "--json").isQuiet().json();

        assertThat(json)
                .containsEntry("session", "tour")
                .containsEntry("provider", "globus")
                .containsEntry("environment", "production")
                .containsEntry("sandbox", PLAY.base())
                .containsEntry("client_id", Play.PUBLIC_CLIENT)
                .containsEntry("state", "fresh")
                .containsEntry("scopes", List.of(Play.GROUPS_SCOPE))
                .containsEntry("storage", "json:" + shell.store())
                .containsEntry("last_error", null);
        assertThat(json.get("last_renewal")).isNotNull();
        assertThat(HostileJson.asObject(json.get("expires_at"))).containsOnlyKeys(Play.GROUPS);
    }

    @Test
    void status_of_all_is_a_list() {
        second();

        assertThat(shell.run("status", "--all", "--json").isQuiet().json().get("sessions"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        shell.run("status", "--all").isQuiet().prints("tour ", "second ");
        shell.run("status").exits(2).advises("evergrant status -s tour");
    }

    @Test
    void a_spent_session_that_nobody_can_renew_needs_a_login() {
        String reply = PLAY.grantGroups().replaceAll("\"refresh_token\":\"[^\"]*\",?", "");
        shell.logIn("short", reply);
        shell.later(Duration.ofSeconds(1000));

        assertThat(shell.run("status", "-s", "short", "--json").json()).containsEntry("state", "login-required");
        shell.run("token", "-s", "short").exits(4).advises("evergrant login globus -s short");
        assertThat(shell.run("status", "-s", "tour", "--json").json()).containsEntry("state", "spent");
    }

    @Test
    void a_check_renews_what_is_due_and_asks_who_it_is() {
        second();
        shell.later(Duration.ofSeconds(1000));

        shell.run("status", "-s", "second", "--check").isQuiet().prints("second: check: ok, demo@example.org");

        assertThat(PLAY.requests("token.refresh")).isEqualTo(3);
        assertThat(PLAY.requests("userinfo")).isEqualTo(1);
    }

    @Test
    void a_check_that_asked_nobody_does_not_say_ok() {
        assertThat(shell.run("status", "-s", "tour", "--check").isQuiet().out())
                .contains("tour: check: not asked")
                .doesNotContain("check: ok");
        assertThat(HostileJson.asObject(shell.run("status", "--check", "--json")
                        .isQuiet()
                        .json()
                        .get("check")))
                .containsEntry("ok", null)
                .containsEntry("asked", false);

        shell.later(Duration.ofSeconds(1000));
        shell.run("status", "-s", "tour", "--check").isQuiet().prints("tour: check: ok");
    }

    @Test
    void a_check_of_a_machine_asks_about_its_token() {
        shell.with("EVERGRANT_CLIENT_SECRET", Play.CONFIDENTIAL_SECRET)
                .run(
                        "login",
                        "globus",
                        "-s",
                        "machine",
                        "--client-credentials",
                        "--client-id",
                        Play.CONFIDENTIAL_CLIENT,
                        "--scope",
                        Play.GROUPS_SCOPE)
                .exits(0);

        shell.run("status", "-s", "machine", "--check").isQuiet().prints("machine: check: ok");

        assertThat(PLAY.requests("introspect")).isPositive();
    }

    @Test
    void a_check_of_a_session_that_was_refused_is_trouble_while_its_token_lives() {
        PLAY.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.run("token", "--renew", "--timeout", "3s").exits(4);
        PLAY.heal();
        shell.run("token").exits(0);

        Ran ran = shell.run("status", "-s", "tour", "--check", "--json").exits(4);

        assertThat(HostileJson.asObject(ran.json().get("check"))).containsEntry("ok", false);
    }

    @Test
    void a_check_that_fails_gives_the_exit_code_of_its_trouble() {
        PLAY.breakRefresh("\"do\":\"status\",\"status\":400,\"body\":{\"error\":\"invalid_grant\"}");
        shell.later(Duration.ofSeconds(1000));

        Ran ran = shell.run("status", "-s", "tour", "--check", "--json", "--timeout", "2s")
                .exits(4);

        assertThat(HostileJson.asObject(ran.json().get("check")))
                .containsEntry("ok", false)
                .containsKey("code");
    }

    @Test
    void whoami_asks_the_provider_when_the_login_did_not_say() {
        second();

        assertThat(shell.run("whoami", "-s", "second").isQuiet().out()).isEqualTo("demo@example.org\n");
        assertThat(shell.run("whoami", "-s", "second", "--json").json())
                .containsEntry("account", "demo@example.org")
                .containsEntry("identity", "11111111-2222-4333-8444-555555555555");
        shell.run("whoami", "-s", "tour").exits(5).advises("evergrant sessions show tour");
    }

    @Test
    void sessions_are_listed_with_a_header_and_a_star() {
        second();
        shell.run("sessions", "use", "second").exits(0).printsNothing();

        Ran ran = shell.run("sessions", "list").isQuiet();

        assertThat(ran.out().lines().toList()).hasSize(3);
        ran.prints("\nsecond   globus ", "\ntour     globus ");
        assertThat(ran.out().lines().toList())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("SESSION ").endsWith("  CHOSEN"),
                        line -> assertThat(line).startsWith("second ").endsWith("  *"),
                        line -> assertThat(line).startsWith("tour ").doesNotContain("*"));
        assertThat(shell.run("sessions", "list", "--json").json().get("sessions"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void a_chosen_session_is_meant_until_it_is_gone() {
        second();
        shell.run("sessions", "use", "tour").exits(0);
        assertThat(shell.run("token", "--json").json()).containsEntry("session", "tour");

        shell.run("sessions", "rename", "tour", "work").exits(0);
        assertThat(shell.run("token", "--json").json()).containsEntry("session", "work");

        shell.run("logout", "-s", "work").exits(0);
        assertThat(shell.run("status", "--json").json()).containsEntry("session", "second");
        shell.run("sessions", "use", "nothing").exits(4);
    }

    @Test
    void a_choice_belongs_to_one_store() {
        second();
        shell.run("sessions", "use", "second").exits(0);
        String elsewhere = "json:" + home.resolve("elsewhere.json");

        shell.runWith(PLAY.grantGroups(), "login", "globus", "--token-response-stdin", "--store", elsewhere)
                .exits(0);

        assertThat(shell.run("token", "--json", "--store", elsewhere).json()).containsEntry("session", "globus");
        assertThat(shell.run("token", "--json").exits(2).out()).isEmpty();
    }

    @Test
    void show_reveals_only_when_told_to() {
        shell.run("sessions", "show", "tour").isQuiet().prints("session: tour\n", "provider: globus\n");
        shell.run("sessions", "show", "-s", "tour", "--json").isQuiet();
        shell.run("sessions", "show", "tour", "--reveal").isQuiet().prints("sandbox-at-", "sandbox-rt-");
        shell.run("sessions", "show", "nobody").exits(4);
    }

    @Test
    void who_uses_the_old_name_is_told_the_new_one() {
        shell.run("sessions", "rename", "tour", "work").exits(0).says("Session tour is now work.");

        shell.run("token", "-s", "tour", "--min-valid", "1m")
                .exits(4)
                .says("session 'tour' is now 'work'")
                .advises("evergrant token -s work --min-valid 1m");
        shell.run("sessions", "delete", "tour").exits(4).advises("evergrant sessions delete work");
        shell.run("sessions", "rename", "tour", "x").exits(4).advises("evergrant sessions rename work x");
        shell.run("token", "-s", "work").isQuiet();
    }

    @Test
    void a_name_that_nobody_has_leads_to_the_list() {
        for (String[] words : new String[][] {
            {"sessions", "use", "nope"}, {"sessions", "delete", "nope"}, {"sessions", "rename", "nope", "x"}
        }) {
            shell.run(words).exits(4).advises("evergrant sessions list");
        }
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        second();

        shell.run("sessions", "rename", "tour", "second").exits(2).says("there is a session 'second' already");
        shell.run("sessions", "rename", "tour", "a\tb").exits(2);
        shell.run("sessions", "rename", "none", "other").exits(4);
    }

    @Test
    void delete_forgets_here_alone() {
        shell.run("sessions", "delete", "tour").exits(0).says("is forgotten here");

        assertThat(PLAY.requests("revoke")).isZero();
        shell.run("sessions", "delete", "tour").exits(4);
    }

    @Test
    void words_that_are_none_of_sessions_are_refused() {
        shell.run("sessions").exits(2).advises("evergrant sessions --help");
        shell.run("sessions", "frobnicate").exits(2).says("'frobnicate' is one word too many");
    }
}
