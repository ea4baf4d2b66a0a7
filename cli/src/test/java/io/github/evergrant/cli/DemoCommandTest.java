package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.HostileJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
        shell = new Shell(home)
                .with("EVERGRANT_SANDBOX", "https://example.org")
                .with("EVERGRANT_STORE", "json:" + home.resolve("mine.json"))
                .with("GLOBUS_SDK_ENVIRONMENT", "moon")
                .with("TAPIS_CACHE_DIR", home.resolve("agave").toString())
                .with("TAPIS_BASE_URL", "https://example.org/")
                .with("XDG_CONFIG_HOME", home.resolve("config").toString())
                .with("SPATIAFI_CLIENT_ID", "somebody")
                .with("TT_REFRESH", "a.b.c");
    }

    @Test
    void every_promise_is_kept_with_every_system_and_nothing_of_ours_is_touched() {
        Ran ran = shell.run("demo", "--processes", "3").isQuiet();

        List<String> rows = ran.out().lines().skip(1).toList();
        assertThat(rows).allMatch(line -> line.endsWith("  ok"));
        assertThat(rows.stream().filter(row -> row.startsWith("Globus  "))).hasSizeGreaterThan(20);
        assertThat(rows.stream().filter(row -> row.startsWith("Agave   "))).hasSizeGreaterThan(30);
        assertThat(rows.stream().filter(row -> row.startsWith("SpatiaFi   "))).hasSizeGreaterThan(15);
        assertThat(rows.stream().filter(row -> row.startsWith("tastytrade  "))).hasSizeGreaterThan(30);
        ran.prints("3 processes at once: exit codes", "3 x 0", "S256", "Demo Group", "0 of 10");
        ran.prints("tacc.prod/demo/tour", "11 of 11", "401, XML, 900903", "login-required: client deleted");
        assertThat(ran.out()).doesNotContain("demo-password");
        assertThat(home).isEmptyDirectory();
    }

    @Tag("tour")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "globus|groups.my_groups|groups of the session",
                "globus|authorize|logging in on the sandbox's page",
                "agave|clients.create|clients create: exit code",
                "agave|profiles.me|profile of the session",
                "spatiafi|users.me|2 first logins at once: exit codes",
                "spatiafi|clients.create|2 first logins at once: exit codes",
                "tastytrade|customers.me|customer of the session"
            })
    void a_fault_is_seen_in_the_row_it_breaks(String system, String kind, String row) {
        String fault = "[{\"kind\":\"" + kind + "\",\"do\":\"status\",\"status\":403,\"times\":1000}]";

        Ran ran = shell.run("demo", system, "--processes", "2", "--fault", fault);

        ran.exits(1).prints("NOT AS PROMISED").says("not as promised: ", ": " + row);
        assertThat(home).isEmptyDirectory();
    }

    @Tag("tour")
    @Test
    void one_request_too_many_is_seen() {
        String fault = "[{\"dialect\":\"agave\",\"kind\":\"token.refresh\",\"do\":\"drop\"}]";

        Ran ran = shell.run("demo", "agave", "--processes", "2", "--fault", fault);

        ran.exits(1).says("not as promised: Agave: renewal requests for both: promised 1, seen 2");
    }

    @Tag("tour")
    @Test
    void what_is_wrong_with_one_system_is_not_said_of_another() {
        String fault = "[{\"dialect\":\"agave\",\"kind\":\"*\",\"do\":\"status\",\"status\":500,\"times\":1000}]";

        Ran ran = shell.run("demo", "--processes", "2", "--fault", fault);

        ran.exits(1).says("not as promised: Agave: tenants");
        List<String> rows = ran.out().lines().skip(1).toList();
        assertThat(rows.stream().filter(row -> row.startsWith("Globus  "))).hasSizeGreaterThan(20);
        assertThat(rows.stream().filter(row -> !row.endsWith("  ok")))
                .singleElement()
                .asString()
                .startsWith("Agave   ");
    }

    @Tag("tour")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"globus|2 processes at once: exit codes|2 x 0|2 x 4", "agave|token after its end: exit code|0|4"})
    void json_says_the_same(String system, String what, String promised, String seen) {
        String fault = "[{\"dialect\":\"" + system + "\",\"kind\":\"token.refresh\",\"do\":\"status\",\"status\":400,"
                + "\"body\":{\"error\":\"invalid_grant\"},\"times\":1000}]";

        Ran ran = shell.run("demo", system, "--json", "--processes", "2", "--fault", fault)
                .exits(1);

        Map<String, @Nullable Object> json = ran.json();
        assertThat(json).containsEntry("kept", false).containsEntry("systems", List.of(system));
        List<?> rows = json.get("rows") instanceof List<?> list ? list : List.of();
        assertThat(HostileJson.asObject(rows.get(rows.size() - 1)))
                .containsEntry("system", system)
                .containsEntry("what", what)
                .containsEntry("promised", promised)
                .containsEntry("seen", seen)
                .containsEntry("kept", false);
    }

    @Test
    void a_system_that_is_not_toured_is_said() {
        shell.run("demo", "agave", "moon")
                .exits(2)
                .says("moon", "globus, agave, spatiafi, tastytrade")
                .printsNothing();
    }
}
