package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of the code of the page "Sessions" of tastytrade's manual, in Java. */
final class TastytradeExamplesTest {

    private static final String OPENING = "Opening url: ";

    @TempDir
    private Path home;

    private final List<TastytradePlay> opened = new ArrayList<>();

    /** A sandbox whose session tokens live so long. */
    private TastytradePlay open(Duration lifetime) {
        TastytradePlay play = new TastytradePlay(home, lifetime);
        opened.add(play);
        return play;
    }

    @AfterEach
    void close() {
        opened.forEach(TastytradePlay::close);
    }

    @Test
    void sessions_by_password_are_real_or_test_ones_and_a_remember_token_stands_for_the_password() throws Exception {
        TastytradePlay play = open(Duration.ofHours(1));
        List<String> printed;
        try (ForkedJvm program = play.start(TastytradePasswords.class)) {
            program.say("demo");
            program.say("demo-password");
            printed = Play.ending(program, 0);
        }

        assertThat(printed)
                .containsExactly(
                        "Username: Password: production, valid: true",
                        "certification, valid: true",
                        "production, valid: true");
        assertThat(play.requests("sessions.password")).isEqualTo(3);
        assertThat(play.requests("sessions.remember")).isEqualTo(1);
        assertThat(play.requests("sessions.destroy")).isZero();
    }

    @Test
    void an_application_is_connected_once_and_its_session_lists_accounts_from_then_on() throws Exception {
        TastytradePlay play = open(Duration.ofMinutes(15));
        String redirect = "http://localhost:" + TastytradePlay.freePort();
        String token;
        try (ForkedJvm program = play.start(TastytradeSetUp.class, redirect)) {
            String opening = String.valueOf(program.hear());
            assertThat(opening).startsWith(OPENING + redirect + "/");

            String page = play.setUp(URI.create(opening.substring(OPENING.length())));

            List<String> printed = Play.ending(program, 0);
            assertThat(printed).hasSize(1);
            token = printed.get(0);
            assertThat(page)
                    .contains(
                            "Signed in to tastytrade as demo@example.org. Session tastytrade is saved.",
                            "<pre>" + token + "</pre>");
        }
        assertThat(Files.readString(home.resolve("tastytrade-sessions.json"))).contains(token);

        assertThat(accounts(play)).isNotEmpty().allMatch(line -> line.matches("5WX\\S+ .+"));

        assertThat(play.requests("token.authorization_code")).isEqualTo(1);
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    void secret_and_refresh_token_are_a_session_and_its_end_is_known_in_new_york() {
        TastytradePlay play = open(Duration.ofSeconds(2));
        play.set("TT_SECRET", TastytradePlay.SECRET);
        play.set("TT_REFRESH", play.grant());
        try (ForkedJvm program = play.start(TastytradeAccounts.class)) {
            String first = String.valueOf(program.hear());
            assertThat(first).startsWith("5WX");
            // Its session token was fetched before that line was printed, and ends two seconds after that.
            Instant end = Instant.now().plusSeconds(2);
            Awaitility.await().until(() -> Instant.now().isAfter(end));
            int before = play.requests("token.refresh");

            program.say("");

            String list = String.valueOf(program.hear());
            while (!list.startsWith("[")) {
                list = String.valueOf(program.hear());
            }
            assertThat(list).startsWith("[TradingAccount[number=" + first.substring(0, first.indexOf(' ')) + ",");
            assertThat(play.requests("token.refresh")).isEqualTo(before + 1);
            program.finish();
            assertThat(Play.ending(program, 0)).isEmpty();
        }
    }

    @Test
    void a_token_that_has_not_ended_is_not_refreshed() {
        TastytradePlay play = open(Duration.ofMinutes(15));
        play.set("TT_SECRET", TastytradePlay.SECRET);
        play.set("TT_REFRESH", play.grant());

        assertThat(accounts(play)).isNotEmpty().noneMatch(line -> line.startsWith("["));

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.requests("accounts.list")).isEqualTo(1);
    }

    @Test
    void a_grant_that_is_none_is_told_of_and_nothing_is_kept() throws Exception {
        TastytradePlay play = open(Duration.ofMinutes(15));
        play.set("TT_SECRET", TastytradePlay.SECRET);
        play.set("TT_REFRESH", "username");
        try (ForkedJvm program = play.start(TastytradeAccounts.class)) {
            assertThat(Play.ending(program, 1)).isEmpty();
        }
        assertThat(Files.readString(home.resolve("said"))).contains("Invalid JWT", "username and password are for");
        assertThat(home.resolve("tastytrade-sessions.json")).doesNotExist();
    }

    @Test
    void where_no_browser_is_everything_is_typed() throws Exception {
        TastytradePlay play = open(Duration.ofMinutes(15));
        play.set("SSH_CONNECTION", "somewhere");
        play.set("EVERGRANT_BROWSER", "");
        try (ForkedJvm program = play.start(TastytradeSetUp.class)) {
            program.say("sandbox-tastytrade");
            program.say(TastytradePlay.SECRET);
            assertThat(program.hear())
                    .isEqualTo("Client ID: Client secret: Open this address, sign in, and copy the address of the last"
                            + " page:");
            program.say(play.allow(URI.create(String.valueOf(program.hear()))).toString());
            assertThat(Play.ending(program, 0)).hasSize(1).first().asString().startsWith("Address: ");
        }
        assertThat(accounts(play)).isNotEmpty();
    }

    /** What is printed where nobody types anything. */
    private static List<String> accounts(TastytradePlay play) {
        try (ForkedJvm program = play.start(TastytradeAccounts.class)) {
            program.say("");
            program.finish();
            return Play.ending(program, 0);
        }
    }
}
