package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.providers.agave.AgaveClient;
import io.github.evergrant.providers.agave.Subscription;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to OAuth clients does, done by our program at a terminal, with what the guide shows there. */
final class OAuthClientsTest {

    private static final Pycon GUIDE = Pycon.cut(Port.guide("agavepy/oauth-clients.txt"));
    private static final String MINE = "my_super_cool_client";
    private static final Subscription PUBLIC_KEYS = new Subscription("PublicKeys", "v2", "admin");
    private static final String NAME = "API username: ";
    private static final String PASSWORD = "API password: ";

    @TempDir
    private Path home;

    private AgavePlay play;

    @BeforeEach
    void open() {
        play = new AgavePlay(home);
    }

    @AfterEach
    void close() {
        play.close();
    }

    /** What the guide shows for a line of its code, to demo. */
    private static List<String> printed(String code) {
        return GUIDE.printed(code).stream()
                .map(line -> line.replace("your-username", "demo"))
                .toList();
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::stripTrailing).toList();
    }

    private SavedSession saved() {
        try (AgaveTokenStorage storage = AgaveTokenStorage.open(home.resolve(".agave"))) {
            return storage.current().orElseThrow();
        }
    }

    private List<String> names() {
        return play.clients().list().stream().map(AgaveClient::name).toList();
    }

    @Test
    void a_client_is_created_and_its_key_and_secret_are_shown_and_saved() {
        List<String> shown;
        try (AtTerminal terminal = play.atTerminal(OAuthClients.class, "create")) {
            terminal.answer(NAME, "demo");
            terminal.answer(PASSWORD, "demo-password");
            shown = terminal.end();
        }

        SavedSession saved = saved();
        List<String> expected = new ArrayList<>(printed("agave.clients_create"));
        printed("agave.api_key")
                .forEach(line -> expected.add(line.replace("some-weird-looking-string", saved.clientKey())
                        .replace(
                                "of-characters-that-agave-needs",
                                Objects.requireNonNull(saved.clientSecret()).reveal())));
        assertThat(expected).hasSize(3);
        assertThat(stripped(shown)).isEqualTo(expected);
        assertThat(saved.name()).isEqualTo("sd2e/demo/" + MINE);
        assertThat(saved.baseUrl()).isEqualTo(play.tenant());
        assertThat(saved.tokens()).isNull();
        assertThat(play.clients().withKey(saved.clientKey()))
                .isEqualTo(new AgaveClient(MINE, "my client's desciption", saved.clientKey()));
        assertThat(play.requests("clients.create")).isEqualTo(1);
    }

    @Test
    void all_clients_are_listed_in_the_table_of_the_guide() {
        play.clients().delete("DefaultApplication");
        play.clients().create("client-name", "some description");

        List<String> shown;
        try (AtTerminal terminal = play.atTerminal(OAuthClients.class, "list")) {
            terminal.answer(NAME, "demo");
            terminal.answer(PASSWORD, "demo-password");
            shown = terminal.end();
        }

        assertThat(stripped(shown)).isEqualTo(printed("ag.clients_list")).hasSize(4);
        assertThat(shown.subList(2, 4))
                .containsExactly(
                        "%-30s %-80s".formatted("NAME", "DESCRIPTION"),
                        "%-30s %-80s".formatted("client-name", "some description"));
    }

    @Test
    void a_client_is_deleted_by_its_name_and_the_session_stays() {
        play.create();
        SavedSession before = saved();
        play.clients().create("some-client-name", "");

        try (AtTerminal terminal = play.atTerminal(OAuthClients.class, "delete")) {
            terminal.answer(PASSWORD, "demo-password");
            assertThat(stripped(terminal.end()))
                    .isEqualTo(printed("ag.clients_delete"))
                    .hasSize(1);
        }

        assertThat(names()).contains(MINE).doesNotContain("some-client-name");
        assertThat(saved()).isEqualTo(before);
    }

    @Test
    void without_a_name_the_session_s_own_client_is_meant_and_the_session_goes_with_it() throws Exception {
        play.create();

        play.answer(OAuthClients.class, List.of(PASSWORD), List.of("demo-password"), "delete-mine");

        assertThat(names()).doesNotContain(MINE);
        assertThat(home.resolve(".agave/config.json")).doesNotExist();
        try (ForkedJvm program = play.start(OAuthClients.class, "delete-mine")) {
            assertThat(Play.ending(program, 1)).as("nobody is asked").isEmpty();
        }
        assertThat(Files.readAllLines(home.resolve("said")))
                .endsWith("there is no session whose client could be meant", "create one first");
        assertThat(play.requests("clients.delete")).isEqualTo(1);
    }

    @Test
    void a_client_that_is_not_the_session_s_is_subscribed_to_an_api() {
        play.create();
        play.clients().create("client", "");

        List<String> shown = play.answer(OAuthClients.class, List.of(PASSWORD), List.of("demo-password"), "subscribe");

        // The guide leaves out the question, which agavepy asks here too.
        assertThat(shown)
                .isEqualTo(List.of(""))
                .hasSize(printed("ag.clients_subscribe(").size() + 1);
        assertThat(play.clients().subscriptions("client")).contains(PUBLIC_KEYS);
        assertThat(play.clients().subscriptions(MINE)).doesNotContain(PUBLIC_KEYS);
    }

    @Test
    void the_subscriptions_of_the_session_s_client_are_listed_in_the_table_of_the_guide() {
        play.create();
        play.clients().subscribe(MINE, PUBLIC_KEYS);

        List<String> shown;
        try (AtTerminal terminal = play.atTerminal(OAuthClients.class, "subscriptions")) {
            terminal.answer(PASSWORD, "demo-password");
            shown = terminal.end();
        }

        // The guide leaves out the header, which agavepy prints.
        List<String> expected = new ArrayList<>(printed("ag.clients_subscribtions"));
        expected.add(1, "NAME             VERSION  PROVIDER");
        assertThat(stripped(shown)).isEqualTo(expected).hasSize(13);
        assertThat(shown.get(2)).isEqualTo("%-16s    v2    %-20s".formatted("Apps", "admin"));
    }

    @Test
    void a_wrong_password_is_said_and_never_shown_and_nothing_is_saved() throws Exception {
        try (ForkedJvm program = play.start(OAuthClients.class, "create")) {
            program.say("demo");
            program.say("canary-password");
            assertThat(Play.ending(program, 1)).containsExactly(NAME + PASSWORD);
        }
        assertThat(Files.readAllLines(home.resolve("said"))).last().isEqualTo("check username and password");
        assertThat(Files.readString(home.resolve("said"))).doesNotContain("canary");
        assertThat(home.resolve(".agave/config.json")).doesNotExist();
        assertThat(names()).doesNotContain(MINE);
    }

    @Test
    void whoever_says_nothing_or_something_else_is_told_what_can_be_said() throws Exception {
        for (String[] words : new String[][] {{}, {"make"}, {"list", "more"}}) {
            try (ForkedJvm program = play.start(OAuthClients.class, words)) {
                assertThat(Play.ending(program, 2)).isEmpty();
            }
            assertThat(Files.readString(home.resolve("said"))).contains("create, list, delete");
        }
    }
}
