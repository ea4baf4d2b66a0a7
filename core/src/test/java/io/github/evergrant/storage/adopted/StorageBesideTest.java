package io.github.evergrant.storage.adopted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole storage beside ours, whose sessions are told by the form of their names. */
final class StorageBesideTest {

    private static final TokenData TOKEN =
            TokenData.bearer("api", Secret.of("at"), Expiry.at(Instant.ofEpochSecond(1767398400)));

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final StorageOptions options = StorageOptions.DEFAULT.withWarnings(warnings::add);
    private TokenStorage own;
    private TokenStorage beside;
    private AdoptingTokenStorage all;

    @BeforeEach
    void join() {
        own = JsonTokenStorage.open(folder.resolve("own.json"));
        beside = JsonTokenStorage.open(folder.resolve("beside.json"));
        all = AdoptingTokenStorage.over(own, Adoptions.in(folder.resolve("adopted.json"), options), options)
                .beside(beside.address(), name -> name.contains("/"));
    }

    @Test
    void a_name_of_that_form_is_kept_there_and_any_other_with_us() {
        all.replace("a/b", Map.of(), Map.of("api", TOKEN));
        all.replace("ours", Map.of(), Map.of("api", TOKEN));

        assertThat(beside.namespaces()).containsExactly("a/b");
        assertThat(own.namespaces()).containsExactly("ours");
        assertThat(all.namespaces()).containsExactly("ours", "a/b");
        assertThat(all.keptAt("a/b")).isEqualTo(new KeptAt(beside.address(), "a/b"));
        assertThat(all.isBeside("a/b")).isTrue();
        assertThat(all.isAdopted("a/b")).isFalse();
        List<String> visited = new ArrayList<>();
        all.forEach((name, stored) -> visited.add(name + stored.get().keySet()));
        assertThat(visited).containsExactly("ours[api]", "a/b[api]");
        assertThat(all.exists()).isTrue();
    }

    @Test
    void what_ours_has_under_such_a_name_stays_ours() {
        own.replace("a/b", Map.of(), Map.of("api", TOKEN));
        beside.replace("a/b", Map.of(), Map.of("other", TOKEN));

        assertThat(all.namespaces()).containsExactly("a/b");
        assertThat(all.read("a/b")).containsOnlyKeys("api");
        all.requireUsual("a/b");
    }

    @Test
    void one_that_has_another_name_here_is_known_by_that_alone() {
        beside.replace("a/b", Map.of(), Map.of("api", TOKEN));
        all.adopt("tour", new KeptAt(beside.address(), "a/b"));

        assertThat(all.namespaces()).containsExactly("tour");
        assertThat(all.read("a/b")).as("it is there all the same").hasSize(1);
    }

    @Test
    void names_without_that_form_there_are_not_known_here() {
        beside.replace("plain", Map.of(), Map.of("api", TOKEN));

        assertThat(all.namespaces()).isEmpty();
        assertThat(all.read("plain")).isEmpty();
        assertThatThrownBy(() -> all.requireUsual("x/y"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has the form of the names");
    }

    @Test
    void one_that_cannot_be_read_keeps_nothing_of_ours_back() throws Exception {
        own.replace("ours", Map.of(), Map.of("api", TOKEN));
        Files.writeString(folder.resolve("beside.json"), "{\"data\":");

        assertThat(all.namespaces()).containsExactly("ours");
        assertThat(all.namespaces()).containsExactly("ours");
        assertThat(warnings).hasSize(1).first().asString().contains("beside.json", "until that is mended");
        assertThat(all.faults())
                .extracting(fault -> String.valueOf(fault.getMessage()))
                .anyMatch(words -> words.contains("beside.json"));
    }

    @Test
    void its_journals_are_among_ours() {
        own.journal("ours").write(Map.of("namespace", "ours"));
        beside.journal("a/b").write(Map.of("namespace", "a/b"));

        assertThat(all.journals())
                .extracting(journal -> journal.read().get("namespace"))
                .containsExactly("ours", "a/b");
    }

    @Test
    void its_sessions_are_handed_out_as_it_hands_them_out() {
        beside.replace("a/b", Map.of(), Map.of("api", TOKEN));

        all.forEach((name, stored) -> {
            beside.remove("a/b");
            assertThat(stored.get()).as("read once, as a whole").containsOnlyKeys("api");
        });
    }

    @Test
    void nothing_is_opened_there_for_a_session_of_ours() {
        own.replace("ours", Map.of(), Map.of("api", TOKEN));
        try (AdoptingTokenStorage unopened = AdoptingTokenStorage.over(
                        JsonTokenStorage.open(folder.resolve("own.json")),
                        Adoptions.in(folder.resolve("adopted.json"), options),
                        options)
                .beside("nothing-can-open:this", name -> name.contains("/"))) {
            assertThat(unopened.read("ours")).hasSize(1);
            assertThatThrownBy(() -> unopened.read("a/b")).isInstanceOf(InvalidInput.class);
        }
    }
}
