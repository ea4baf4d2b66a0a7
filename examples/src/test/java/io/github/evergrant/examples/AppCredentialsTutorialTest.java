package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tutorial does, done by our program, with what the tutorial prints. */
final class AppCredentialsTutorialTest {

    /** What is left may be told a moment later. */
    private static final String LEFT = "13 minutes, 5\\d seconds";

    @TempDir
    private Path home;

    private SpatiaFiPlay play;

    @BeforeEach
    void open() {
        play = new SpatiaFiPlay(home);
    }

    @AfterEach
    void close() {
        play.close();
    }

    private Path file() {
        return home.resolve(".config/spatiafi/app_credentials");
    }

    @Test
    @DisplayName(
            "spatiafi 5, spatiafi 19, spatiafi 51: a first run prints what the tutorial prints, and a second asks nothing")
    void a_first_run_prints_what_the_tutorial_prints_and_a_second_asks_nothing() throws Exception {
        List<String> lines;
        try (ForkedJvm program = play.start(AppCredentialsTutorial.class, play.service())) {
            program.say("demo");
            program.say("demo-password");
            lines = Play.ending(program, 0);
        }

        Golden saved = new Golden(Json.readObject(Files.readString(file())));
        String secret = saved.at("client_secret").text();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).matches("Username: Password: BasicToken\\[value=.*, expiresAt=\\d{4}-.*Z]");
        assertThat(lines.get(1)).matches("Access token expires in: " + LEFT);
        assertThat(lines.get(2)).isEqualTo("status: 201");
        assertThat(lines.get(3))
                .startsWith("AppCredentials[userId=" + saved.at("user_id").text() + ", clientId="
                        + saved.at("client_id").text() + ", clientSecret=");
        assertThat(lines.get(4)).isEqualTo("App Credentials saved to: " + file());
        assertThat(lines.get(5)).isEqualTo("Getting an access_token with client_id and client_secret:");
        assertThat(lines.get(6)).isEmpty();
        assertThat(lines.get(7)).matches("New access token expires in: " + LEFT);
        assertThat(String.join("\n", lines)).doesNotContain(secret, "demo-password", "sandbox-at-");
        assertThat(Files.readAllLines(home.resolve("said")))
                .as("nothing but that nobody keeps a log")
                .allMatch(line -> line.startsWith("SLF4J"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(play.requests("token.basic")).isEqualTo(1);
        assertThat(play.requests("clients.create")).isEqualTo(1);
        assertThat(play.requests("token.client_credentials")).isEqualTo(2);

        List<String> again = play.run(AppCredentialsTutorial.class, play.service());

        assertThat(again).hasSize(3);
        assertThat(again.get(2)).matches("New access token expires in: " + LEFT);
        assertThat(play.requests("clients.create")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "spatiafi 4, spatiafi 8, spatiafi 9: a refusal and a damaged file are said, and nothing is saved or lost")
    void a_refusal_and_a_damaged_file_are_said() throws Exception {
        try (ForkedJvm program = play.start(AppCredentialsTutorial.class, play.service())) {
            program.say("demo");
            program.say("canary-password");
            assertThat(Play.ending(program, 1)).containsExactly("Username: Password: ");
        }
        assertThat(Files.readString(home.resolve("said")))
                .contains("LOGIN_BAD_CREDENTIALS", "check username and password")
                .doesNotContain("canary");
        assertThat(file()).doesNotExist();

        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"detail\": \"Unauthorized\"}");
        try (ForkedJvm program = play.start(AppCredentialsTutorial.class, play.service())) {
            assertThat(Play.ending(program, 1)).isEmpty();
        }
        assertThat(Files.readString(home.resolve("said"))).contains("an error of the service", "create new ones");
        assertThat(file()).hasContent("{\"detail\": \"Unauthorized\"}");
    }
}
