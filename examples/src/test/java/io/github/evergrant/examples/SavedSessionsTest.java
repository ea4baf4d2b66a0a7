package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to saving a session does, done by our program: the file that it leaves is the one that the guide shows. */
final class SavedSessionsTest {

    private static final String GUIDE = Pycon.block(Port.guide("agavepy/saving-your-session.rst"), "json");
    private static final String NAME = "sd2e/demo/my_super_cool_client";
    private static final List<String> PASSWORD = List.of("API password: ");

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

    /** A file as the guide shows it, without what is different in every session. */
    private static String shape(String config) {
        return config.replace("your-username", "demo")
                .replaceAll("\"(apisecret|apikey|access_token|refresh_token)\": \"[^\"]+\"", "\"$1\": \"...\"")
                .replaceAll("\"baseurl\": \"http[^\"]+\"", "\"baseurl\": \"...\"")
                .replaceAll("\"created_at\": \"\\d{10}\"", "\"created_at\": \"...\"")
                .replaceAll(
                        "\"expires_at\": \"[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{1,2} \\d\\d:\\d\\d:\\d\\d UTC \\d{4}\"",
                        "\"expires_at\": \"...\"");
    }

    private static Golden inUse(Path folder) throws Exception {
        return new Golden(Json.readObject(Files.readString(folder.resolve("config.json"))))
                .at("current")
                .at("my_super_cool_client");
    }

    private static Golden filed(Path folder) throws Exception {
        return new Golden(Json.readObject(Files.readString(folder.resolve("config.json"))))
                .at("sessions")
                .at("sd2e")
                .at("demo")
                .at("my_super_cool_client");
    }

    @Test
    void a_login_by_the_created_client_is_saved_as_the_guide_shows_it() throws Exception {
        play.create();

        List<String> printed;
        try (AtTerminal terminal = play.atTerminal(SavedSessions.class)) {
            terminal.answer("API password: ", "demo-password");
            printed = terminal.end();
        }

        Path folder = home.resolve(".agave");
        String config = Files.readString(folder.resolve("config.json"));
        assertThat(shape(config)).isEqualTo(shape(GUIDE));
        Golden record = inUse(folder);
        assertThat(filed(folder)).isEqualTo(record);
        assertThat(record.at("baseurl").text()).isEqualTo(play.tenant());
        assertThat(record.at("apikey").text()).startsWith("sandbox-key-");
        long created = Long.parseLong(record.at("created_at").text());
        Instant end = Instant.ofEpochSecond(created + 14400);
        assertThat(Instant.ofEpochSecond(created))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(2));
        assertThat(printed).containsExactly("API password: ", "Demo Person", NAME + ", " + end);
        for (String file : List.of("config.json", "current")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        // The other file, for other tools: the same record, its keys sorted, and the client's name.
        Golden current = new Golden(Json.readObject(Files.readString(folder.resolve("current"))));
        assertThat(List.copyOf(current.object().keySet())).isSorted().hasSize(12);
        assertThat(current.at("client_name").text()).isEqualTo("my_super_cool_client");
        assertThat(current.object()).containsAllEntriesOf(record.object());
    }

    @Test
    void the_next_run_loads_it_and_asks_nobody() throws Exception {
        play.create();
        List<String> first = play.answer(SavedSessions.class, PASSWORD, List.of("demo-password"));
        String before = Files.readString(home.resolve(".agave/config.json"));

        assertThat(play.run(SavedSessions.class)).isEqualTo(first);

        assertThat(Files.readString(home.resolve(".agave/config.json"))).isEqualTo(before);
        assertThat(play.requests("token.password")).isEqualTo(1);
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    void the_optional_argument_is_the_folder() throws Exception {
        play.create();
        Path elsewhere = home.resolve("cache");
        Files.move(home.resolve(".agave"), elsewhere);

        play.answer(SavedSessions.class, PASSWORD, List.of("demo-password"), elsewhere.toString());

        assertThat(shape(Files.readString(elsewhere.resolve("config.json")))).isEqualTo(shape(GUIDE));
        assertThat(home.resolve(".agave")).doesNotExist();
    }

    @Test
    void the_session_that_the_guide_shows_is_renewed_where_it_is_and_nothing_of_it_is_lost() throws Exception {
        Path folder = saveAsTheGuideShows();
        Golden before = inUse(folder);

        List<String> printed = play.run(SavedSessions.class);

        assertThat(printed).hasSize(2).first().isEqualTo("Demo Person");
        assertThat(printed.get(1)).startsWith(NAME + ", ");
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(shape(Files.readString(folder.resolve("config.json")))).isEqualTo(shape(GUIDE));
        Golden after = inUse(folder);
        assertThat(filed(folder)).isEqualTo(after);
        for (String same : List.of("tenantid", "baseurl", "devurl", "apisecret", "apikey", "username", "expires_in")) {
            assertThat(after.at(same)).as(same).isEqualTo(before.at(same));
        }
        for (String other : List.of("access_token", "refresh_token", "created_at", "expires_at")) {
            assertThat(after.at(other)).as(other).isNotEqualTo(before.at(other));
        }
        assertThat(play.run(SavedSessions.class)).isEqualTo(printed);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    /** The guide's session, four hours after its last refresh in 2018, with a tenant that there is. */
    private Path saveAsTheGuideShows() throws Exception {
        String config = GUIDE.replace("https://api.sd2e.org", play.tenant())
                .replace("your-username", "demo")
                .replace("some-secret", "sandbox-agave-secret")
                .replace("some-key", "sandbox-agave-key")
                .replaceFirst(
                        "\"refresh_token\": \"x+\"",
                        "\"refresh_token\": \""
                                + play.grant("sandbox-agave-key")
                                        .at("refresh_token")
                                        .text() + "\"");
        Path folder = Files.createDirectory(home.resolve(".agave"));
        Files.writeString(folder.resolve("config.json"), config);
        return folder;
    }

    @Test
    void where_nothing_is_saved_it_is_said_and_nothing_is_made() throws Exception {
        try (ForkedJvm program = play.start(SavedSessions.class)) {
            assertThat(Play.ending(program, 1)).isEmpty();
        }
        assertThat(Files.readString(home.resolve("said")))
                .contains("There is no saved session in " + home.resolve(".agave"));
        assertThat(home.resolve(".agave/config.json")).doesNotExist();
    }
}
