package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that other programs filled: with names that a terminal would obey, with several accounts, with very much. */
final class ForeignStoreTest {

    private static final String ODD = "\u001b[31mred\u0007\n\r\u0000\u0085\u202e\u2028/../x";

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() {
        shell = play.shell(home);
    }

    private Path use(String scheme, Path path) {
        shell.with("EVERGRANT_STORE", scheme + ":" + path);
        return path;
    }

    /** What another program may have written: every field holds what a terminal would obey. */
    private static Map<String, TokenData> odd() {
        TokenData data = new TokenData(
                ODD,
                Secret.of("odd-access"),
                Secret.of("odd-refresh"),
                ODD,
                Scopes.of(ODD, "n".repeat(10_000)),
                Expiry.at(Instant.now().plusSeconds(3600)),
                ODD,
                Map.of(ODD, ODD));
        TokenData other = TokenData.bearer("n".repeat(10_000), Secret.of("more-access"), Expiry.never());
        return Map.of(ODD, data, other.resourceServer(), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void words_from_a_store_do_not_act_on_a_terminal_whatever_is_run(String scheme) {
        Path path = use(scheme, home.resolve("sessions"));
        shell.logIn("tour", play.grantGroups());
        try (TokenStorage storage = TokenStorages.open(scheme + ":" + path)) {
            storage.replace("odd", Map.of(), odd());
            storage.replace(ODD, Map.of(), odd());
        }
        // In a sandbox they would be refused for being real.
        shell.with("EVERGRANT_LOG", "trace").variables.remove("EVERGRANT_SANDBOX");
        for (String[] words : new String[][] {
            {"sessions", "list"},
            {"sessions", "list", "--json"},
            {"sessions", "show", "odd"},
            {"sessions", "show", "odd", "--json"},
            {"sessions", "use", "odd"},
            {"status", "--all"},
            {"status", "--all", "--json"},
            {"status", "-s", "odd", "--check"},
            {"token"},
            {"token", "-s", "odd"},
            {"token", "-s", "odd", "--json"},
            {"token", "-s", "odd", "--resource-server", ODD, "--renew"},
            {"token", "-s", "odd", "--resource-server", "none" + ODD},
            {"token", "-s", ODD},
            {"-v", "token", "-s", ODD},
            {"env", "-s", "odd"},
            {"env", "-s", "odd", "--resource-server", ODD},
            {"exec", "-s", "odd", "--", "true"},
            {"-s", "odd", "curl", "http://127.0.0.1:1/"},
            {"whoami", "-s", "odd"},
            {"groups", "-s", "odd"},
            {"sessions", "rename", "odd", ODD},
            {"sessions", "rename", "odd", "n".repeat(10_000)},
            {"logout", "-s", ODD},
            {"login", "globus", "-s", ODD},
            {"--store", "json:" + home.resolve("x") + "\u001b[31m", "status", "-s", "tour"},
            {"logout", "--all"},
        }) {
            Ran ran = shell.run(words);
            String said = (ran.out() + ran.err()).replace("\n", "");
            assertThat(said.codePoints().filter(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028))
                    .as(String.join(" ", words) + ": " + said)
                    .isEmpty();
            assertThat(ran.code()).as(String.join(" ", words) + ": " + said).isNotEqualTo(1);
        }
        shell.run("sessions", "list").exits(0).printsNothing();
    }

    @Test
    @DisplayName("W21: a session whose tokens are of several accounts says so, with the login that replaces them")
    void a_session_of_several_accounts_says_so() {
        Path path = use("json", home.resolve("sessions.json"));
        TokenData ada = TokenData.bearer("one", Secret.of("a"), Expiry.never()).withIdentityId("ada");
        TokenData bob = TokenData.bearer("two", Secret.of("b"), Expiry.never()).withIdentityId("bob");
        TokenStorages.open("json:" + path).replace("mixed", Map.of(), Map.of("one", ada, "two", bob));
        shell.variables.remove("EVERGRANT_SANDBOX");
        shell.run("token", "--resource-server", "one")
                .exits(4)
                .printsNothing()
                .says("the stored tokens of session 'mixed' are of several accounts")
                .advises("evergrant login globus -s mixed --replace");
        shell.run("sessions", "list").exits(0).prints("mixed");
        shell.run("logout").exits(0);
        shell.run("sessions", "list").exits(0).printsNothing();
    }

    private static String name(int number) {
        String digits = Integer.toString(number);
        return "session-" + "0".repeat(6 - digits.length()) + digits;
    }

    private static String object(int number) {
        return "{\"resource_server\": \"rs\", \"scope\": \"all\", \"access_token\": \"at-" + number
                + "\", \"expires_at_seconds\": 7258118400, \"token_type\": \"Bearer\"}";
    }

    private Path hundredThousand(String scheme) throws IOException, SQLException {
        Path path = use(scheme, home.resolve("many"));
        if (scheme.equals("json")) {
            try (var out = Files.newBufferedWriter(path)) {
                out.write("{\"data\": {");
                for (int i = 0; i < 100_000; i++) {
                    out.write((i == 0 ? "\"" : ", \"") + name(i) + "\": {\"rs\": " + object(i) + "}");
                }
                out.write("}, \"format_version\": \"2.0\", \"globus-sdk.version\": \"4.9.0\"}");
            }
        } else {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table token_storage (namespace varchar not null, resource_server varchar"
                        + " not null, token_data_json varchar not null, primary key (namespace, resource_server))");
                statement.execute("with recursive n (i) as (select 0 union all select i + 1 from n where i < 99999)"
                        + " insert into token_storage select printf('session-%06d', i), 'rs', replace('" + object(0)
                        + "', 'at-0', 'at-' || i) from n");
            }
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void a_hundred_thousand_sessions_are_listed_and_one_is_found(String scheme) throws Exception {
        hundredThousand(scheme);
        List<String> command = new ArrayList<>(Program.command("sessions", "list"));
        command.add(1, "-Xmx512m");
        Ran listed = Program.start(shell.variables, home, command).end().exits(0);
        assertThat(listed.out().lines()).hasSize(100_001);
        assertThat(listed.out()).contains("\n" + name(0) + " ", "\n" + name(99_999) + " ");
        shell.variables.remove("EVERGRANT_SANDBOX");
        assertThat(shell.run("token", "-s", name(54_321)).exits(0).line()).isEqualTo("at-54321");
        Ran unnamed = shell.run("token").exits(2);
        unnamed.says("there are several sessions: " + name(0) + ", ", " and 99980 more");
        assertThat(unnamed.err()).hasSizeLessThan(2000);
    }
}
