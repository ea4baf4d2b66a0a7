package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants and logins of Agave, at the sandbox. */
final class AgaveCommandsTest {

    @AutoClose
    private static final Play PLAY = new Play();

    private static final String TENANTS =
            "ID                   NAME                                     URL" + " ".repeat(47);
    private static final String ASKS = "\nPlease specify the ID for the tenant you wish to interact with: ";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = AgaveHand.shell(PLAY, home);
    }

    private Shell outside() {
        return AgaveHand.outside(PLAY, shell);
    }

    private void types(String... answers) {
        AgaveHand.types(shell, answers);
    }

    @Test
    void tenants_are_listed_in_the_table_that_their_users_know() {
        Ran ran = shell.run("tenants").isQuiet();

        assertThat(ran.out().lines().toList()).hasSize(6).startsWith(TENANTS);
        assertThat(ran.out())
                .contains("\nsd2e                 SD2E Tenant" + " ".repeat(30) + PLAY.base() + "/agave/sd2e/");
        assertThat(shell.run("tenants", "list").isQuiet().out()).isEqualTo(ran.out());
        assertThat(shell.run("tenants", "--json").isQuiet().json().get("tenants"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Map.of(
                        "id",
                        "sgci",
                        "name",
                        "Science Gateways Community Institute",
                        "url",
                        PLAY.base() + "/agave/sgci/"));
    }

    @Test
    @DisplayName("agave Q17, Q18: a list of tenants that is none is said, and nothing breaks")
    void a_list_of_tenants_that_is_none_is_said() {
        shell.run("tenants", "--tenants-url", "https://x.example/").exits(2).says("EVERGRANT_SANDBOX");
        PLAY.answer("agave", "tenants", 500, "<html>down</html>");
        shell.run("tenants").exits(7).says("status 500").advises("evergrant tenants");
        PLAY.answer("agave", "tenants", 200, "<html>hello</html>");
        shell.run("tenants").exits(7).says("cannot be read");
        outside();
        shell.run("tenants", "--tenants-url", "http://127.0.0.1:9/tenants")
                .exits(7)
                .says("did not answer");
        shell.run("tenants", "--tenants-url", "http://api.example.org/tenants")
                .exits(2)
                .says("plain HTTP");
        shell.run("tenants", "--tenants-url", "nowhere").exits(2);
        assertThat(shell.run("tenants").isQuiet().out()).startsWith(TENANTS);
    }

    @Test
    @DisplayName("agave Q35: a person says who they are, as they always have, and the session is used like any other")
    void a_person_says_who_they_are() {
        types("demo", "demo-password");

        shell.run("login", "agave", "--tenant", "sd2e")
                .exits(0)
                .printsNothing()
                .says("Signed in to Agave as demo. Session sd2e/demo/DefaultApplication is saved.");

        assertThat(shell.terminal.shown()).isEqualTo("API username: API password: ");
        String token = shell.run("token").isQuiet().line();
        assertThat(shell.run("whoami").isQuiet().line()).isEqualTo("demo");
        assertThat(shell.run("env", "--format", "json").isQuiet().json())
                .containsEntry("TAPIS_TOKEN", token)
                .containsEntry("TAPIS_BASE_URL", PLAY.base() + "/agave/sd2e");
        shell.run("curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").isQuiet().prints("\"username\":\"demo\"");
        shell.run("curl", PLAY.base() + "/agave/sgci/profiles/v2/me").exits(2).says("nothing was sent");
        shell.run("status", "--check").exits(0).prints("sd2e/demo/DefaultApplication", "fresh");
        shell.run("logout").exits(0).says("no way to revoke tokens");
    }

    @Test
    @DisplayName("agave 31: an administrator logs in for somebody else, whose session it is then")
    void an_administrator_logs_in_for_somebody_else() {
        shell.with("EVERGRANT_PASSWORD", "demo-password");
        String[] who = {"--tenant", "sd2e", "--username", "demo", "--token-username", "other"};

        shell.run(AgaveHand.with(who, "login", "agave"))
                .exits(0)
                .says("Signed in to Agave as other. Session sd2e/other/DefaultApplication is saved.");

        assertThat(shell.run("whoami").isQuiet().line()).isEqualTo("other");
        shell.run("curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").isQuiet().prints("\"username\":\"other\"");
        shell.run("token", "--renew").isQuiet();
        shell.run("curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").isQuiet().prints("\"username\":\"other\"");
        shell.run(AgaveHand.with(who, "login", "agave", "-s", "sd2e/demo/DefaultApplication"))
                .exits(2);
        shell.runWith("x", AgaveHand.with(who, "login", "agave", "--refresh-token-stdin"))
                .exits(2);
        shell.run("login", "globus", "--token-username", "x").exits(2);
        assertThat(PLAY.requests("agave", "token.admin_password")).isEqualTo(1);
    }

    @Test
    @DisplayName("agave 1: whoever names no tenant chooses one from the table")
    void whoever_names_no_tenant_chooses_one() {
        types("sd2e", "demo", "demo-password");

        shell.run("login", "agave", "-s", "tour").exits(0).printsNothing();

        assertThat(shell.terminal.shown())
                .isEqualTo(shell.run("tenants").out() + ASKS + "API username: API password: ");
        assertThat(shell.run("sessions", "show", "tour", "--json").json()).containsEntry("environment", "sd2e");
        types("demo-password");
        shell.run("login", "agave", "-s", "tour").exits(0);
        assertThat(shell.terminal.shown())
                .as("the session knows tenant and user")
                .isEqualTo("API password: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SD2E", "sd2e ", ""})
    @DisplayName("agave 5: an id that there is none of is said, and nothing is asked")
    void an_id_that_there_is_none_of_is_said(String typed) {
        types(typed);
        shell.run("login", "agave").exits(2).says("there is no tenant").advises("evergrant tenants");
        shell.run("login", "agave", "--tenant", typed + "!").exits(2).advises("evergrant tenants");
        assertThat(shell.terminal.shown()).doesNotContain("API");
    }

    @Test
    void a_tenant_is_named_by_its_address_too_and_by_the_variable_of_the_originals() {
        outside().with("EVERGRANT_PASSWORD", "demo-password").with("TAPIS_USERNAME", "demo");
        shell.with("TAPIS_API_KEY", "sandbox-agave-key").with("TAPIS_API_SECRET", "sandbox-agave-secret");

        shell.run("login", "agave", "-s", "one", "--tenant", PLAY.base() + "/agave/sgci")
                .exits(0);
        shell.with("TAPIS_BASE_URL", PLAY.base() + "/agave/tacc.prod/");
        shell.run("login", "agave").exits(0).says("Session tacc.prod/demo/DefaultApplication is saved");

        assertThat(shell.run("sessions", "show", "one", "--json").json()).containsEntry("environment", "sgci");
        String tacc = "tacc.prod/demo/DefaultApplication";
        assertThat(shell.run("sessions", "show", tacc, "--json").json()).containsEntry("environment", "tacc.prod");
        // An old gateway says in XML that the token has ended.
        PLAY.expire();
        shell.run("-s", tacc, "curl", PLAY.base() + "/agave/tacc.prod/profiles/v2/me")
                .isQuiet()
                .prints("\"username\":\"demo\"");
        assertThat(PLAY.requests("agave", "token.refresh")).isEqualTo(1);
    }

    @Test
    void a_wrong_password_is_the_tenants_no_and_nothing_is_saved() {
        types("demo", "canary-password");

        Ran ran = shell.run("login", "agave", "--tenant", "sd2e").exits(5).says("username with this password");

        assertThat(ran.err()).doesNotContain("canary");
        types("demo", "canary-password");
        Ran list = shell.run("clients", "list", "--tenant", "sd2e").exits(5).says("status 400", "password");
        assertThat(list.err()).doesNotContain("canary").endsWith("run: evergrant clients list --tenant sd2e\n");
        shell.run("sessions", "list").says("There are no sessions");
    }

    @Test
    void without_a_terminal_nobody_is_asked() {
        for (List<String> words : List.of(
                List.of("login", "agave", "--tenant", "sd2e"),
                List.of("login", "agave"),
                List.of("login", "agave", "--tenant", "sd2e", "--username", "demo"),
                List.of("clients", "list", "--tenant", "sd2e"),
                List.of("clients", "create", "c", "--tenant", "sd2e", "--username", "demo"))) {
            Ran ran = shell.run(words.toArray(new String[0])).exits(4).printsNothing();
            assertThat(ran.err().lines()).hasSize(1);
            assertThat(ran.err()).contains("; run: evergrant ");
        }
    }

    @Test
    void a_person_who_ends_the_input_has_cancelled() {
        types("demo");
        shell.run("login", "agave", "--tenant", "sd2e").exits(8).says("cancelled");
        types();
        shell.run("login", "agave").exits(8).says("cancelled");
        assertThat(PLAY.requests("agave", "token.password")).isZero();
    }

    @Test
    void tokens_from_elsewhere_become_a_session_too() {
        Map<String, @Nullable Object> reply = Shell.object(PLAY.grantAgave());

        String[] whole = {"login", "agave", "-s", "whole", "--tenant", "sd2e", "--token-response-stdin"};
        shell.runWith(PLAY.grantAgave(), whole).exits(2).says("give --username");
        shell.runWith(PLAY.grantAgave(), AgaveHand.with(whole, "--username", "demo"))
                .exits(0);
        shell.runWith(
                        String.valueOf(reply.get("refresh_token")),
                        "login",
                        "agave",
                        "-s",
                        "refresh",
                        "--tenant",
                        "sd2e",
                        "--username",
                        "demo",
                        "--refresh-token-stdin")
                .exits(0)
                .says("Signed in to Agave as demo.");
        shell.run("token", "-s", "whole", "--renew").isQuiet();
        shell.run("token", "-s", "refresh", "--renew").isQuiet();
        outside();
        whole[3] = "x";
        shell.runWith(PLAY.grantAgave(), AgaveHand.with(whole, "--username", "other"))
                .exits(2)
                .says("no client is known here for sd2e")
                .advises("evergrant clients create evergrant-lap-top --tenant sd2e");
    }

    @Test
    void sessions_of_others_are_not_mistaken_for_agaves() {
        shell.logIn("g", PLAY.grantGroups());

        shell.run("clients", "list", "-s", "g").exits(2).says("is not with Agave");
        shell.run("clients", "list", "-s", "g", "--tenant", "sd2e").exits(2).says("give -s or --tenant");
        shell.run("clients", "list").exits(4).says("choosing a tenant");
        types("demo", "demo-password");
        shell.run("login", "agave", "-s", "g", "--tenant", "sd2e").exits(2).says("another provider");
        shell.run("-s", "g", "curl", PLAY.base() + "/agave/sd2e/profiles/v2/me").exits(2);
    }
}
