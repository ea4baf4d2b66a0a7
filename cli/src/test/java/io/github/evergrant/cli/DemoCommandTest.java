package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With few processes: the launcher's tests and people run it with all of them. */
final class DemoCommandTest {

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home).with("EVERGRANT_SANDBOX", "https://example.org").with("GLOBUS_SDK_ENVIRONMENT", "moon");
    }

    @Test
    void every_promise_is_kept_and_nothing_of_ours_is_touched() {
        Ran ran = shell.run("demo", "--processes", "6").isQuiet();

        assertThat(ran.out().lines().skip(1)).hasSizeGreaterThan(20).allMatch(line -> line.endsWith("  ok"));
        ran.prints("6 processes at once: exit codes", "6 x 0", "S256", "Demo Group", "0 of 10");
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revoke|tokens alive at the provider afterwards",
                "transfer.ls|ls of a collection after the token was ended early",
                "groups.my_groups|groups of the session",
                "authorize|logging in on the sandbox's page"
            })
    void a_fault_is_seen_in_the_row_it_breaks(String kind, String row) {
        String fault = "[{\"kind\":\"" + kind + "\",\"do\":\"status\",\"status\":403,\"times\":1000}]";

        Ran ran = shell.run("demo", "--processes", "2", "--fault", fault);

        ran.exits(1).prints("NOT AS PROMISED").says("not as promised: " + row);
    }

    @Test
    void json_says_the_same() {
        String fault = "[{\"kind\":\"token.refresh\",\"do\":\"status\",\"status\":400,"
                + "\"body\":{\"error\":\"invalid_grant\"},\"times\":1000}]";

        Ran ran = shell.run("demo", "--json", "--processes", "2", "--fault", fault)
                .exits(1);

        Map<String, @Nullable Object> json = ran.json();
        assertThat(json).containsEntry("kept", false);
        List<?> rows = json.get("rows") instanceof List<?> list ? list : List.of();
        assertThat(HostileJson.asObject(rows.get(rows.size() - 1)))
                .containsEntry("what", "2 processes at once: exit codes")
                .containsEntry("promised", "2 x 0")
                .containsEntry("seen", "2 x 4")
                .containsEntry("kept", false);
    }
}
