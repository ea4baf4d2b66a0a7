package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The group listing with token storage, in both of its forms: a login by pasting a code, and what is printed. */
final class GroupListingTest {

    private static final String ID = "d3974728-6458-11e4-b72d-123139141556";
    private static final List<String> LEGACY =
            List.of("ID,Name,Type,Session Enforcement,Roles", ID + ",Demo Group,regular,not strict,admin");
    private static final List<String> NEWER = List.of("ID,Name,Roles", ID + ",\"Demo Group\",admin");
    private static final String FILE = ".list-my-globus-groups-tokens.json";

    @TempDir
    private Path home;

    private GlobusPlay play;

    @BeforeEach
    void open() {
        play = new GlobusPlay(home);
    }

    @AfterEach
    void close() {
        play.close();
    }

    @Test
    void the_legacy_listing_has_five_columns_and_a_file_of_format_1() throws Exception {
        assertThat(play.runAndLogIn(LegacyGroupListing.class)).isEqualTo(LEGACY);
        assertThat(Files.readString(home.resolve(FILE)))
                .contains("\"format_version\": \"1.0\"", "\"groups.api.globus.org\"");
        assertThat(play.run(LegacyGroupListing.class)).isEqualTo(LEGACY);
    }

    @Test
    void the_newer_listing_has_three_columns_and_a_file_of_format_2() throws Exception {
        assertThat(play.runAndLogIn(GroupListing.class)).isEqualTo(NEWER);
        assertThat(Files.readString(home.resolve(FILE)))
                .contains("\"format_version\": \"2.0\"", "\"DEFAULT\": {\"groups.api.globus.org\"");
        assertThat(play.run(GroupListing.class)).isEqualTo(NEWER);
    }

    @Test
    void the_newer_program_goes_on_with_the_file_of_the_legacy_one() {
        play.runAndLogIn(LegacyGroupListing.class);
        assertThat(play.run(GroupListing.class)).isEqualTo(NEWER);
        assertThat(play.run(LegacyGroupListing.class)).isEqualTo(LEGACY);
    }

    @ParameterizedTest
    @ValueSource(classes = {LegacyGroupListing.class, GroupListing.class})
    void an_access_token_that_has_ended_is_renewed_in_the_file(Class<?> program) throws Exception {
        List<String> printed = play.runAndLogIn(program);
        String before = Files.readString(home.resolve(FILE));
        play.expire();

        assertThat(play.run(program)).isEqualTo(printed);

        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(Files.readString(home.resolve(FILE))).isNotEqualTo(before);
    }

    @Test
    void without_a_refresh_token_the_newer_program_says_so_and_ends_with_status_1() throws Exception {
        play.runAndLogIn(GroupListing.class);
        Path other = Files.createDirectory(home.resolve("other"));
        String text = Files.readString(home.resolve(FILE)).replaceFirst(", \"refresh_token\": \"[^\"]+\"", "");
        Files.setPosixFilePermissions(
                Files.writeString(other.resolve(FILE), text), Files.getPosixFilePermissions(home.resolve(FILE)));

        try (ForkedJvm program = play.startIn(other, GroupListing.class)) {
            assertThat(Play.ending(program, 1)).isEmpty();
        }
        assertThat(Files.readAllLines(other.resolve("said")))
                .contains("There is no refresh token for Globus Groups in json:" + other.resolve(FILE)
                        + ". Delete it, and run this again to log in.");
    }

    @Test
    void the_app_logs_in_when_that_is_needed_and_again_when_globus_has_ended_the_login() {
        assertThat(play.runAndLogIn(GroupListingWithApp.class)).isEqualTo(NEWER);
        assertThat(play.run(GroupListingWithApp.class)).isEqualTo(NEWER);

        play.reset();

        assertThat(play.runAndLogIn(GroupListingWithApp.class)).isEqualTo(NEWER);
        assertThat(play.run(GroupListingWithApp.class)).isEqualTo(NEWER);
    }
}
