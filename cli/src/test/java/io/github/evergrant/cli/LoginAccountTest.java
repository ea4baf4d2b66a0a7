package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose login it is, and what becomes of one that is somebody else's. */
final class LoginAccountTest {

    @AutoClose
    private static final Play PLAY = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        PLAY.reset();
        shell = PLAY.shell(home);
    }

    @Test
    void another_accounts_session_is_replaced_only_when_asked() {
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.run("login", "globus", "-s", "tour").exits(0);
        shell.terminal.types(shown -> PLAY.allow(shown, "other"));

        shell.run("login", "globus", "-s", "tour")
                .exits(2)
                .says("session 'tour' is demo@example.org's, and other@example.org logged in; nothing was saved")
                .advises("evergrant login globus -s tour-2");
        assertThat(shell.run("whoami", "-s", "tour").line()).isEqualTo("demo@example.org");

        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> PLAY.allow(shown, "other"));
        shell.run("login", "globus", "-s", "tour", "--replace").exits(0).says("as other@example.org");
        assertThat(shell.run("whoami", "-s", "tour").line()).isEqualTo("other@example.org");
    }

    @Test
    void a_token_reply_of_another_account_takes_no_place_unasked() {
        shell.runWith(PLAY.grant(), "login", "globus", "-s", "mine", "--token-response-stdin")
                .exits(0);
        shell.runWith(PLAY.grantGroups("other"), "login", "globus", "-s", "mine", "--token-response-stdin")
                .says(
                        "session 'mine' is demo@example.org's, and this login does not say whose it is; nothing was saved");
        assertThat(shell.run("whoami", "-s", "mine").line()).isEqualTo("demo@example.org");
    }

    @Test
    void an_unexpected_user_is_not_kept() {
        shell.terminal.types(shown -> PLAY.allow(shown, "other"));

        shell.run("login", "globus", "--expect-user", "demo@example.org")
                .exits(2)
                .says("expected demo@example.org, and other@example.org logged in; nothing was saved");
        shell.run("token").exits(4);

        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.run("login", "globus", "--expect-user", "demo@example.org").exits(0);
    }

    @Test
    void whose_login_it_is_is_known_whatever_was_asked_for() {
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.run("login", "globus", "--scope", Play.GROUPS_SCOPE, "--expect-user", "demo@example.org")
                .exits(0)
                .says("Signed in to Globus as demo@example.org.");
        // What was added to know it is not what a caller means who names no API.
        shell.run("token").isQuiet();
        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> PLAY.allow(shown, "other"));

        shell.run("login", "globus", "--scope", Play.GROUPS_SCOPE)
                .exits(2)
                .says("session 'globus' is demo@example.org's, and other@example.org logged in; nothing was saved");

        // Two tokens each of Globus Auth and of Groups.
        assertThat(PLAY.revoked()).hasSize(4);
        assertThat(shell.run("whoami").line()).isEqualTo("demo@example.org");
    }

    @Test
    void what_somebody_brought_is_not_revoked_when_it_is_not_kept() {
        shell.runWith(PLAY.grant(), "login", "globus", "--expect-user", "other@example.org", "--token-response-stdin")
                .exits(2)
                .says("expected other@example.org");

        assertThat(PLAY.revoked()).isEmpty();
    }

    @Test
    void scopes_are_added_to_what_a_session_has() {
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.run("login", "globus", "--scope", "openid email").exits(0);
        assertThat(String.valueOf(shell.run("status", "--json").json().get("expires_at")))
                .contains("auth.globus.org")
                .doesNotContain(Play.GROUPS);
        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));

        shell.run("login", "globus", "--scope", Play.GROUPS_SCOPE).exits(0);

        assertThat(String.valueOf(shell.run("status", "--json").json().get("expires_at")))
                .contains("auth.globus.org", Play.GROUPS);
    }

    @Test
    void a_scope_with_those_it_depends_on_is_one_also_when_the_session_asks_again() {
        String transfer = "urn:globus:auth:scope:transfer.api.globus.org:all";
        String search = "urn:globus:auth:scope:search.api.globus.org:search";
        String first = Play.GROUPS_SCOPE + "[" + transfer + " " + search + "]";
        String second = transfer + "[" + Play.GROUPS_SCOPE + "  *" + search + "]";
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));
        shell.run("login", "globus", "--scope", first).exits(0);
        assertThat(asked()).isEqualTo(first + " openid");
        shell.terminal = new TypingTerminal();
        shell.terminal.types(shown -> PLAY.allow(shown, "demo"));

        shell.run("login", "globus", "--scope", second, "--scope", "email").exits(0);

        assertThat(asked()).isEqualTo(first + " openid " + second.replace("  ", " ") + " email");
        assertThat(shell.run("status", "--json").out()).contains(Play.GROUPS, "transfer.api.globus.org");
    }

    /** The scopes in the address that was shown. */
    private String asked() {
        Matcher scope = Pattern.compile("[?&]scope=([^&\\s]+)").matcher(shell.terminal.shown());
        assertThat(scope.find()).isTrue();
        return URLDecoder.decode(scope.group(1), StandardCharsets.UTF_8);
    }
}
