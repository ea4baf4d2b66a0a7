package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.storage.TokenStorage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another name, where the storage has a say in it. */
final class RenamingTest {

    private static final Map<String, String> FACTS = Map.of("provider", "theirs");

    private Stage stage;

    @BeforeEach
    void store(@TempDir Path folder) {
        stage = new Stage(folder);
        try (Stage theirs = new Stage(folder)) {
            theirs.storage.replace(
                    "tour", Map.of(), theirs.provider.login(TRANSFER).byResourceServer());
        }
    }

    @AfterEach
    void land() {
        stage.close();
    }

    /** The same storage, which answers one question about the session in its own way. */
    private TokenStorage saying(String question, Object answer) {
        return (TokenStorage) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TokenStorage.class},
                (proxy, method, arguments) -> method.getName().equals(question) && "tour".equals(arguments[0])
                        ? answer
                        : method.invoke(stage.storage, arguments));
    }

    private void rename(TokenStorage storage) {
        new Renaming(storage, Duration.ofSeconds(5)).rename("tour", "trip", stage.clock.instant());
    }

    @Test
    void what_only_the_storage_said_of_the_session_goes_along() {
        rename(saying("facts", FACTS));

        assertThat(SessionRecords.factsIn(stage.storage.journal("trip"))).isEqualTo(FACTS);
        assertThat(stage.storage.read("trip")).containsOnlyKeys(TRANSFER);
    }

    @Test
    void a_name_that_the_storage_settles_stays() {
        assertThatThrownBy(() -> rename(saying("namesAreFixed", true)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("name_is_fixed"));
        assertThat(stage.storage.namespaces()).containsExactly("tour");
    }
}
