package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.quick.Glance;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is seen at a glance, and what is not. That it is what the program says, {@link Shell} holds against every token of every
 * test.
 */
final class GlanceTest extends GlanceCase {

    @Override
    Path choose(Shell shell) {
        return shell.store();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token -s tour",
                "-s tour token --header",
                "token --session tour --resource-server groups.api.globus.org",
                "token --timeout 1m"
            })
    void a_token_that_is_plainly_good_is_seen(String line) {
        sees(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token -s nobody",
                "token --resource-server nowhere",
                "token --timeout 0",
                "token --renew",
                "token --json",
                "status",
                "status -s tour",
                ""
            })
    void other_words_are_the_programs_business(String line) {
        sees_nothing(line.split(" "));
    }

    @Test
    void the_successor_is_seen_after_a_renewal() {
        String before = shell.glance("token");
        shell.run("token", "--renew").isQuiet();
        sees("token");
        assertThat(shell.glance("token")).isNotEqualTo(before);
    }

    static List<Map.Entry<String, UnaryOperator<String>>> oddities() {
        return List.of(
                Map.entry("other data", text -> text.replace("\"format_v", "\"data\": {\"other\": {}}, \"format_v")),
                Map.entry("nothing for it", text -> text.replace("}}}, \"f", "}}, \"tour\": {}}, \"f")),
                Map.entry(
                        "an end before all",
                        text -> text.replaceFirst("(seconds\": )\\d+", "$1" + (Long.MIN_VALUE + 1))),
                Map.entry("a version that is a number", text -> text.replace("\"2.0\"", "2.0")),
                Map.entry("a writer that is a number", text -> text.replaceFirst("(version\": )\"e[^\"]*\"", "$13")),
                Map.entry("a raw character", text -> text.replace("\"2.0\"", "\"2.0\", \"x\": \"a\u0001b\"")),
                Map.entry("a raw line end", text -> text.replace("\"2.0\"", "\"2.0\", \"x\": [\"a\nb\"]")),
                Map.entry("half a character", text -> text.replace("\"tour\"", "\"\\ud800\"")),
                Map.entry("a name that cannot be seen", text -> text.replace("\"tour\"", "\"\\u0007\"")),
                Map.entry(
                        "two people's", text -> text.replace("\"tour\": {", "\"tour\": {" + of("one") + of("other"))));
    }

    private static String of(String person) {
        return "\"" + person
                + "\": {\"resource_server\": \"x\", \"scope\": \"y\", \"access_token\": \"z\", \"identity_id\": \""
                + person + "\", \"expires_at_seconds\": 9000000000, \"token_type\": \"Bearer\"}, ";
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void an_odd_store_is_the_programs_business(Map.Entry<String, UnaryOperator<String>> oddity) throws IOException {
        forget_journals();
        String before = Files.readString(shell.store());
        String after = oddity.getValue().apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(shell.store(), after);
        sees_nothing("token");
        sees_nothing("token", "-s", "tour", "--resource-server", Play.GROUPS);
    }

    static List<Map.Entry<String, Object>> notes() {
        return List.of(
                Map.entry("version", 2L),
                Map.entry("ended", Map.of("at", "2026-01-01T00:00:00Z")),
                Map.entry("answer", Map.of("next", Map.of())),
                Map.entry("arriving_from", "elsewhere"),
                Map.entry("something_new", true),
                Map.entry("marks", Map.of(Play.GROUPS, Map.of("why", "invalid_grant"))),
                Map.entry("heads", Map.of()),
                Map.entry("namespace", 7L));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void a_journal_that_says_more_is_the_programs_business(Map.Entry<String, Object> note) {
        change_journal(journal -> journal.put(note.getKey(), note.getValue()));
        sees_nothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh_end", "something_new"})
    void a_refresh_token_that_ends_or_whatever_is_new_of_a_record_is_the_programs_business(String name) {
        change_journal(journal -> HostileJson.asObject(
                        HostileJson.asObject(journal.get("heads")).get(Play.GROUPS))
                .put(name, "2030-01-01T00:00:00Z"));
        sees_nothing();
    }

    @Test
    void what_the_journal_says_of_a_tokens_end_counts_as_well() {
        change_journal(journal -> HostileJson.asObject(
                        HostileJson.asObject(journal.get("heads")).get(Play.GROUPS))
                .put("expires_at", "2020-01-01T00:00:00Z"));
        sees_nothing();
    }

    private void change_journal(Consumer<Map<String, @Nullable Object>> change) {
        try (TokenStorage storage = JsonTokenStorage.open(shell.store())) {
            Journal journal = storage.journal("tour");
            Map<String, @Nullable Object> content = journal.read();
            change.accept(content);
            journal.write(content);
        }
    }

    @Test
    void beside_files_of_agaves_programs_only_a_named_session_is_seen() throws IOException {
        Files.createDirectory(home.resolve(".agave"));
        sees("token", "-s", "tour");
        sees_nothing("token");
        Files.delete(home.resolve(".agave"));
        sees("token");
        Files.writeString(home.resolve(".agpy"), "x");
        sees_nothing("token");
    }

    @Test
    void a_store_is_seen_by_its_address() {
        shell.with("EVERGRANT_STORE", "json:state/sessions.json");
        sees("token");
        shell.with("EVERGRANT_STORE", "json:");
        sees_nothing("token");
    }

    @Test
    void the_way_to_a_proxy_is_no_matter() {
        shell.with("https_proxy", "http://proxy.example.org:3128");
        sees("token");
    }

    @Test
    void a_token_is_not_seen_from_a_minute_before_its_end() {
        log_in_to("tour", play.grantEnding(3600));
        Instant end =
                Instant.parse(String.valueOf(shell.run("token", "--json").json().get("expires_at")));
        shell.later(Duration.between(shell.clock.instant(), end).minusSeconds(61));
        assertThat(shell.glance("token")).isNotNull();
        shell.later(Duration.ofSeconds(1));
        sees_nothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EVERGRANT_SANDBOX=http://127.0.0.1:1",
                "EVERGRANT_LOG=debug",
                "EVERGRANT_PROMPT=soon",
                "TAPIS_TOKEN=x",
                "_abaco_access_token=x",
                "GLOBUS_SDK_VERIFY_SSL=false",
                "HTTPS_PROXY=nowhere at all"
            })
    void a_variable_that_changes_more_is_the_programs_business(String variable) {
        String[] parts = variable.split("=");
        shell.with(parts[0], parts[1]);
        sees_nothing();
    }

    static List<Map.Entry<String, UnaryOperator<String>>> changes() {
        return List.of(
                Map.entry("another token", text -> text.replace("sandbox-at-", "sandbox-at-x")),
                Map.entry("another refresh token", text -> text.replace("sandbox-rt-", "sandbox-rt-x")),
                Map.entry("no refresh token", text -> text.replaceFirst("\"refresh_token\": \"[^\"]*\", ", "")),
                Map.entry("another type", text -> text.replace("\"Bearer\"", "\"MAC\"")),
                Map.entry("no scope", text -> text.replace("\"scope\"", "\"range\"")),
                Map.entry("no end", text -> text.replace("\"expires_at_seconds\"", "\"expires\"")),
                Map.entry("an end in words", text -> text.replaceFirst("(seconds\": )(\\d+)", "$1\"$2\"")),
                Map.entry("an end that is a fraction", text -> text.replaceFirst("(seconds\": \\d+)", "$1.0")),
                Map.entry("the end in the past", text -> text.replaceFirst("(seconds\": )\\d+", "$11000000000")),
                Map.entry("a token twice", text -> text.replace("\"scope\"", "\"access_token\": \"a\", \"scope\"")),
                Map.entry("format 1.0", text -> text.replace("\"2.0\"", "\"1.0\"")),
                Map.entry("no version", text -> text.replace("format_version", "version")),
                Map.entry("no writer", text -> text.replace("globus-sdk.version", "writer")),
                Map.entry("one more record", text -> text.replace("\"tour\": {", "\"tour\": {\"x\": {}, ")),
                Map.entry("the session twice", text -> text.replace("\"tour\"", "\"tour\": {\"x\": {}}, \"tour\"")),
                Map.entry("no ASCII", text -> text.replace("\"2.0\"", "\"2.0\", \"x\": \"\u00e4\"")),
                Map.entry("a comment", text -> text + "// the end"),
                Map.entry("more behind it", text -> text + "{}"),
                Map.entry("half of it", text -> text.substring(0, text.length() / 2)),
                Map.entry("nothing", text -> ""));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_store_that_another_program_changed_is_the_programs_business(Map.Entry<String, UnaryOperator<String>> change)
            throws IOException {
        String before = Files.readString(shell.store());
        String after = change.getValue().apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(shell.store(), after);
        sees_nothing();
    }

    @Test
    void a_session_that_was_ended_or_moved_is_not_seen() throws IOException {
        String before = Files.readString(shell.store());
        log_in_to("other", play.grantGroups());
        shell.run("sessions", "rename", "other", "third").exits(0);
        sees_nothing("token", "-s", "other");
        sees("token", "-s", "third");
        shell.run("logout", "-s", "tour").exits(0);
        Files.writeString(shell.store(), before);
        sees_nothing();
    }

    @Test
    void an_old_pair_that_was_written_back_is_not_seen() throws IOException {
        String before = Files.readString(shell.store());
        shell.run("token", "--renew").isQuiet();
        Files.writeString(shell.store(), before);
        sees_nothing();
    }

    @Test
    void what_others_may_read_is_not_seen() throws IOException {
        Files.setPosixFilePermissions(shell.store(), PosixFilePermissions.fromString("rw-r--r--"));
        sees_nothing();
    }

    @Test
    void where_sessions_were_adopted_nothing_is_seen() throws IOException {
        Files.writeString(shell.store().resolveSibling("adopted.json"), "{\"sessions\": {}}");
        sees_nothing();
    }

    @Test
    void a_torn_journal_is_not_believed() throws IOException {
        try (Stream<Path> found = Files.list(Path.of(shell.store() + ".d"))) {
            for (Path journal : found.toList()) {
                try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
                    byte[] text = new byte[(int) file.length()];
                    file.readFully(text);
                    int at = new String(text, StandardCharsets.ISO_8859_1).lastIndexOf("\"history\"");
                    assertThat(at).isPositive();
                    file.seek(at + 1L);
                    file.write('H');
                }
            }
        }
        sees_nothing();
    }

    @Test
    void a_process_of_its_own_prints_the_line_or_nothing() {
        List<String> command = new ArrayList<>(Program.command("token", "-s", "tour"));
        command.replaceAll(word -> word.equals(Main.class.getName()) ? Glance.class.getName() : word);
        try (Program program = Program.start(shell.variables, home, command)) {
            assertThat(program.end()).isEqualTo(shell.run("token"));
        }
        command.set(command.size() - 1, "nobody");
        try (Program program = Program.start(shell.variables, home, command)) {
            assertThat(program.end()).isEqualTo(new Ran(1, "", ""));
        }
    }
}
