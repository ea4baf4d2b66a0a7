package io.github.evergrant.providers.spatiafi.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiPlay;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SavedCredentialsTest {

    private static final AppCredentials OTHER = new AppCredentials(null, "other", Secret.of("of the tutorial"));

    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path home;

    @Test
    @DisplayName("spatiafi 24, spatiafi 25: both variables of the package win, and one of them alone is nothing")
    void both_variables_win_over_the_files() throws IOException {
        file("app_credentials.json").write(CredentialsFileTest.GOLDEN, false);

        assertThat(saved(Map.of("SPATIAFI_CLIENT_ID", "i", "SPATIAFI_CLIENT_SECRET", "s"))
                        .find())
                .contains(new AppCredentials(null, "i", Secret.of("s")));
        assertThat(saved(Map.of("SPATIAFI_CLIENT_ID", "i")).find()).contains(CredentialsFileTest.GOLDEN);
        assertThat(saved(Map.of("SPATIAFI_CLIENT_ID", "i", "SPATIAFI_CLIENT_SECRET", ""))
                        .find())
                .contains(CredentialsFileTest.GOLDEN);
    }

    @Test
    @DisplayName("spatiafi 26: the tutorial's variables count between those and the files, when that is asked for")
    void the_tutorials_variables_count_when_that_is_asked_for() throws IOException {
        file("app_credentials.json").write(CredentialsFileTest.GOLDEN, false);
        Map<String, String> tutorial = new HashMap<>(Map.of("CLIENT_ID", "i", "CLIENT_SECRET", "s"));

        assertThat(saved(tutorial).find()).contains(CredentialsFileTest.GOLDEN);
        assertThat(saved(tutorial).findAsTutorial()).contains(new AppCredentials(null, "i", Secret.of("s")));
        tutorial.putAll(Map.of("SPATIAFI_CLIENT_ID", "p", "SPATIAFI_CLIENT_SECRET", "s"));
        assertThat(saved(tutorial).findAsTutorial()).contains(new AppCredentials(null, "p", Secret.of("s")));
    }

    @Test
    void the_packages_file_is_looked_for_before_the_tutorials() throws IOException {
        assertThat(saved(Map.of()).find()).isEmpty();
        file("app_credentials").write(OTHER, false);
        assertThat(saved(Map.of()).find()).contains(OTHER);
        file("app_credentials.json").write(CredentialsFileTest.GOLDEN, false);
        assertThat(saved(Map.of()).find()).contains(CredentialsFileTest.GOLDEN);
    }

    @Test
    @DisplayName("spatiafi 19: a file becomes the tutorial's variables")
    void a_file_becomes_the_tutorials_variables() throws IOException {
        assertThat(load("tutorial-full/app_credentials"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "USER_ID",
                        "99999999-8888-4777-8666-555555555555",
                        "CLIENT_ID",
                        "11111111-2222-4333-8444-555555555555",
                        "CLIENT_SECRET",
                        "FAKE-app-secret-0123456789-abcdefghijklmnop"));
        assertThat(notices).isEmpty();
    }

    @Test
    @DisplayName("spatiafi 20: a file that is not there becomes nothing, and a notice")
    void a_missing_file_becomes_nothing_and_a_notice() {
        assertThat(SavedCredentials.variables(file("app_credentials"), notices::add))
                .isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(notices.get(0)).startsWith("Error occurred: ").contains("app_credentials");
    }

    @ParameterizedTest
    @DisplayName("spatiafi 21: a file that is no JSON, or no object, becomes nothing, and a notice")
    @CsvSource({"tutorial-load-corrupt,no JSON", "tutorial-load-not-object,no JSON object"})
    void a_file_that_is_no_object_becomes_nothing_and_a_notice(String name, String why) throws IOException {
        assertThat(load(name + "/app_credentials")).isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(notices.get(0)).startsWith("Error occurred: ").contains(why);
    }

    @Test
    @DisplayName("spatiafi 22: all keys of a file, when that is asked for, have the values that Python writes")
    void all_keys_have_the_values_that_python_writes() throws IOException {
        Path file = home.resolve("app_credentials");
        Files.write(file, CredentialsFileTest.captured("tutorial-load-types/app_credentials"));

        assertThat(SavedCredentials.allVariables(new CredentialsFile(file), notices::add))
                .containsExactly(
                        Map.entry("CLIENT_ID", "12"),
                        Map.entry("NESTED", "{'a': 1}"),
                        Map.entry("FLAG", "True"),
                        Map.entry("NOTHING", "None"));

        Files.writeString(file, "{\"stra\u00dfe\": \"x\", \"path\": \"/p\"}");
        assertThat(SavedCredentials.allVariables(new CredentialsFile(file), notices::add))
                .containsExactly(Map.entry("STRASSE", "x"), Map.entry("PATH", "/p"));
        assertThat(notices).isEmpty();
        assertThat(SavedCredentials.allVariables(file("nothing"), notices::add)).isEmpty();
        assertThat(notices).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0|1.0",
                "0.1|0.1",
                "1e5|100000.0",
                "1e16|1e+16",
                "1.5e300|1.5e+300",
                "0.0001|0.0001",
                "0.00001|1e-05",
                "-2.5e-7|-2.5e-07",
                "123456789012345678901234567890|123456789012345678901234567890",
                "false|False",
                "[1, null, [], {}]|[1, None, [], {}]",
                "[\"it's\"]|[\"it's\"]",
                "[\"it's \\\"so\\\"\"]|['it\\'s \"so\"']",
                "[\"a\\nb\\t\\\\\"]|['a\\nb\\t\\\\']",
                "[\"\u00e9\\u0007\\u200b\"]|['\u00e9\\x07\\u200b']",
            })
    void values_are_written_as_python_does(String json, String text) throws IOException {
        Path file = home.resolve("app_credentials");
        Files.writeString(file, "{\"x\": " + json + "}");

        assertThat(SavedCredentials.allVariables(new CredentialsFile(file), notices::add))
                .containsExactly(Map.entry("X", text));
    }

    @Test
    @DisplayName("spatiafi 23: no other variable ever comes from a file, PATH least of all")
    void no_other_variable_ever_comes_from_a_file() throws IOException {
        assertThat(load("tutorial-load-hostile-keys/app_credentials")).isEmpty();
        assertThat(load("tutorial-load-types/app_credentials")).containsExactly(Map.entry("CLIENT_ID", "12"));
        Path file = home.resolve("mixed");
        Files.writeString(
                file, "{\"Client_Id\": \"x\", \"client_secret\": null, \"user_id\": \"u\", \"PATH\": \"/evil\"}");
        assertThat(SavedCredentials.variables(new CredentialsFile(file), notices::add))
                .containsExactly(Map.entry("USER_ID", "u"));
        assertThat(notices).isEmpty();
    }

    @Test
    @DisplayName(
            "spatiafi 7, spatiafi 8, spatiafi 44: what was created is kept and not asked for again; when the service says no, nothing is")
    void what_was_created_is_kept_and_a_refusal_is_not() throws IOException {
        try (SpatiaFiPlay play = new SpatiaFiPlay()) {
            CredentialsFile file = file("app_credentials.json");
            play.answer("clients.create", 1, 401, "{\"detail\":\"Unauthorized\"}");
            assertThatThrownBy(() -> SavedCredentials.readOrCreate(file, play::create))
                    .isInstanceOfSatisfying(
                            ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("token_refused"));
            assertThat(file.path()).doesNotExist();

            AppCredentials made = SavedCredentials.readOrCreate(file, play::create);
            assertThat(SavedCredentials.readOrCreate(file, play::create)).isEqualTo(made);
            assertThat(file.read()).contains(made);
            assertThat(play.requests("clients.create")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("spatiafi 11: of many who ask for credentials at once, one creates them")
    void of_many_at_once_one_creates() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SpatiaFiPlay play = new SpatiaFiPlay()) {
            CountDownLatch gate = new CountDownLatch(1);
            List<Future<AppCredentials>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    gate.await();
                    return SavedCredentials.readOrCreate(file("app_credentials.json"), play::create);
                }));
            }
            gate.countDown();
            Set<AppCredentials> made = new HashSet<>();
            for (Future<AppCredentials> each : all) {
                made.add(each.get());
            }
            assertThat(made).hasSize(1);
            assertThat(play.requests("clients.create")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("spatiafi 11: the tutorial's file and the package's are one place, in which one creates")
    void of_the_two_files_one_is_created() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SpatiaFiPlay play = new SpatiaFiPlay()) {
            CountDownLatch gate = new CountDownLatch(1);
            List<Future<AppCredentials>> both = new ArrayList<>();
            for (String name : List.of("app_credentials", "app_credentials.json")) {
                both.add(threads.submit(() -> {
                    gate.await();
                    return SavedCredentials.create(file(name), false, play::create);
                }));
            }
            gate.countDown();
            int refused = 0;
            for (Future<AppCredentials> each : both) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    InvalidInput.class,
                                    why -> assertThat(why.code()).isEqualTo("credentials_exist"));
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(1);
            AppCredentials made = saved(Map.of()).find().orElseThrow();
            for (String name : List.of("app_credentials", "app_credentials.json")) {
                assertThat(SavedCredentials.readOrCreate(file(name), play::create))
                        .isEqualTo(made);
            }
            assertThat(play.requests("clients.create")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void what_may_not_be_replaced_is_not_created_and_what_may_is_lost() throws IOException {
        CredentialsFile file = file("app_credentials");
        file.write(OTHER, false);

        assertThatThrownBy(() -> SavedCredentials.create(file, false, () -> {
                    throw new AssertionError("nobody is asked");
                }))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("credentials_exist"));
        assertThat(SavedCredentials.create(file, true, () -> CredentialsFileTest.GOLDEN))
                .isEqualTo(CredentialsFileTest.GOLDEN);
        assertThat(file.read()).contains(CredentialsFileTest.GOLDEN);
    }

    private CredentialsFile file(String name) {
        return new CredentialsFile(home.resolve(".config/spatiafi").resolve(name));
    }

    private Map<String, String> load(String golden) throws IOException {
        Path file = home.resolve("app_credentials");
        Files.write(file, CredentialsFileTest.captured(golden));
        return SavedCredentials.variables(new CredentialsFile(file), notices::add);
    }

    private SavedCredentials saved(Map<String, String> variables) {
        return new SavedCredentials(variables, new CredentialsFolder(Map.of("HOME", home.toString()), "Linux"));
    }
}
