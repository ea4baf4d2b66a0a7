package io.github.evergrant.storage.adopted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that stay where they are and have a name here. */
final class AdoptingTokenStorageTest {

    private static final TokenData TOKEN =
            TokenData.bearer("api", Secret.of("at"), Expiry.at(Instant.ofEpochSecond(1767398400)));

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final StorageOptions options = StorageOptions.DEFAULT.withWarnings(warnings::add);
    private Path file;
    private TokenStorage own;
    private TokenStorage other;
    private AdoptingTokenStorage all;

    @BeforeEach
    void adopt() {
        file = folder.resolve("adopted.json");
        own = JsonTokenStorage.open(folder.resolve("own.json"));
        other = JsonTokenStorage.open(folder.resolve("other.json"));
        other.replace("DEFAULT", Map.of(), Map.of("api", TOKEN));
        all = open();
        assertThat(all.adopt("theirs", place())).isTrue();
    }

    private AdoptingTokenStorage open() {
        return AdoptingTokenStorage.over(own, Adoptions.in(file, options), options);
    }

    private KeptAt place() {
        return new KeptAt(other.address(), "DEFAULT");
    }

    @Test
    void every_call_goes_to_where_the_session_is_kept() {
        assertThat(all.namespaces()).containsExactly("theirs");
        assertThat(all.holds("theirs")).isTrue();
        assertThat(all.keptAt("theirs")).isEqualTo(place());
        assertThat(all.read("theirs")).containsOnly(Map.entry("api", TOKEN));
        assertThat(all.read("theirs", "api")).contains(TOKEN);
        TokenData next = TokenData.bearer("api", Secret.of("next"), TOKEN.expiry());
        assertThat(all.replace("theirs", Map.of("api", TOKEN.fingerprint()), Map.of("api", next)))
                .isTrue();
        assertThat(other.read("DEFAULT", "api")).contains(next);
        all.storeConfiguration("theirs", "c", Map.of("k", "v"));
        assertThat(other.configuration("DEFAULT", "c")).contains(Map.of("k", "v"));
        assertThat(all.configurationNames("theirs")).containsExactly("c");
        assertThat(all.configuration("theirs", "c")).isPresent();
        assertThat(all.removeConfiguration("theirs", "c")).isTrue();
        Journal journal = all.journal("theirs");
        journal.write(Map.of("k", 1L));
        assertThat(other.journal("DEFAULT").read()).isEqualTo(Map.of("k", 1L));
        journal.writeAlone(Map.of("k", 2L));
        assertThat(journal.read()).isEqualTo(Map.of("k", 2L));
        Object sign = all.sign("theirs");
        journal.delete();
        assertThat(all.sign("theirs")).isNotEqualTo(sign);
        assertThat(other.journal("DEFAULT").read()).isEmpty();
        try (Lease lease = all.leases().tryTake("theirs").orElseThrow()) {
            assertThat(other.leases().tryTake("DEFAULT")).isEmpty();
            assertThat(lease).isNotNull();
        }
        assertThat(all.remove("theirs")).isTrue();
        assertThat(other.namespaces()).isEmpty();
        assertThat(own.exists()).isFalse();
        assertThat(all.namespaces()).containsExactly("theirs");
        assertThat(all.holds("theirs")).isFalse();
    }

    @Test
    void what_is_not_adopted_is_ours() {
        all.replace("ours", Map.of(), Map.of("api", TOKEN));
        assertThat(own.read("ours")).hasSize(1);
        assertThat(all.namespaces()).containsExactly("ours", "theirs");
        assertThat(all.keptAt("ours")).isEqualTo(new KeptAt(own.address(), "ours"));
    }

    @Test
    void another_process_finds_them_at_once() {
        AdoptingTokenStorage later = open();
        assertThat(later.read("theirs")).hasSize(1);
        assertThat(all.rename("theirs", "renamed")).isTrue();
        assertThat(later.namespaces()).containsExactly("renamed");
        assertThat(later.read("theirs")).isEmpty();
        assertThat(all.release("renamed")).isTrue();
        assertThat(all.release("renamed")).isFalse();
        assertThat(later.namespaces()).isEmpty();
        assertThat(other.read("DEFAULT")).hasSize(1);
    }

    @Test
    void a_name_means_one_session() {
        assertThat(all.adopt("theirs", place())).isTrue();
        assertThat(all.adopt("theirs", new KeptAt(other.address(), "another"))).isFalse();
        all.adopt("second", new KeptAt(other.address(), "another"));
        assertThat(all.rename("theirs", "second")).isFalse();
        assertThat(all.rename("nobody", "somebody")).isFalse();
        assertThat(all.adoptions().of("theirs")).contains(place());
    }

    @Test
    void the_list_is_private_and_nothing_is_made_by_looking() throws Exception {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Path none = folder.resolve("none/adopted.json");
        assertThat(Adoptions.in(none, options).all()).isEmpty();
        assertThat(none.getParent()).doesNotExist();
    }

    @Test
    void a_storage_that_cannot_be_used_concerns_its_own_sessions_alone() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{");
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
        all.adopt("broken", new KeptAt("json:" + damaged, "DEFAULT"));
        all.adopt("strange", new KeptAt("tape:/dev/st0", "DEFAULT"));
        all.replace("ours", Map.of(), Map.of("api", TOKEN));
        assertThat(all.namespaces()).containsExactly("ours", "theirs", "broken", "strange");
        assertThat(all.read("ours")).hasSize(1);
        assertThat(all.read("theirs")).hasSize(1);
        assertThatThrownBy(() -> all.read("broken")).isInstanceOfSatisfying(StorageFailure.class, e -> {
            assertThat(e.code()).isEqualTo("store_corrupt");
            assertThat(e.session()).contains("broken");
        });
        assertThatThrownBy(() -> all.read("strange"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.session()).contains("strange"));
    }

    @Test
    void a_failure_names_the_session_as_it_is_called_here() throws Exception {
        Path file = folder.resolve("other.json");
        Files.writeString(file, Files.readString(file).replace("\"at\"", "7"));
        assertThatThrownBy(() -> all.read("theirs", "api"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.session()).contains("theirs"));
    }

    @Test
    void a_damaged_list_is_warned_of_once_and_not_written_over() throws Exception {
        all.replace("ours", Map.of(), Map.of("api", TOKEN));
        Files.writeString(file, "{\"sessions\": ");
        Path real = file.toRealPath();
        AdoptingTokenStorage later = open();
        assertThat(later.read("ours")).hasSize(1);
        assertThat(later.namespaces()).containsExactly("ours");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(real + " is damaged: ")
                .endsWith(". Until that is mended, sessions of other stores are not known here:"
                        + " set the file aside; it was not touched");
        assertThatThrownBy(() -> later.adopt("new", place()))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.path()).contains(real));
        assertThat(Files.readString(file)).isEqualTo("{\"sessions\": ");
    }

    @Test
    void a_list_that_others_may_write_is_not_believed() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path real = file.toRealPath();
        AdoptingTokenStorage later = open();
        assertThat(later.namespaces()).isEmpty();
        assertThat(warnings)
                .containsExactly("The list of adopted sessions " + real + " can be read or written by others."
                        + " Until that is mended, sessions of other stores are not known here: chmod 600 " + real);
        assertThatThrownBy(() -> later.adopt("new", place()))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.advice()).isEqualTo("chmod 600 " + real));
    }

    @Test
    void faults_are_those_of_our_own_and_of_the_sessions_that_were_adopted() throws Exception {
        assertThat(all.faults()).isEmpty();
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{");
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
        all.adopt("broken", new KeptAt("json:" + damaged, "DEFAULT"));
        other.replace("unrelated", Map.of(), Map.of("api", TOKEN));
        Path file = folder.resolve("other.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"scope\": \"\"", "\"scope\": 7"));
        assertThat(Files.readString(file)).isNotEqualTo(text);
        assertThat(all.faults())
                .extracting(fault -> fault.session().orElse(""), StorageFailure::code)
                .containsExactly(tuple("theirs", "token_malformed"), tuple("broken", "store_corrupt"));
    }

    @Test
    void entries_that_mean_nothing_are_passed_over() throws Exception {
        Files.writeString(
                file,
                "{\"later\": 1, \"sessions\": {\"a\": 7, \"b\": {\"store\": \"json:/x\"}, \"c\": {\"store\": \"json:/x\","
                        + " \"namespace\": \"n\"}}}");
        assertThat(open().adoptions().all()).containsOnly(Map.entry("c", new KeptAt("json:/x", "n")));
        open().adopt("d", place());
        assertThat(Files.readString(file)).contains("later");
    }

    @Test
    void a_name_does_not_change_its_meaning_during_a_step() {
        CompletableFuture<Boolean> rename = new CompletableFuture<>();
        Thread renamer = new Thread(() -> rename.complete(open().rename("theirs", "renamed")), "renamer");
        boolean removed = all.inOneStep("theirs", () -> {
            renamer.start();
            Awaitility.await().until(() -> renamer.getState() == Thread.State.TIMED_WAITING);
            return all.remove("theirs");
        });
        assertThat(removed).isTrue();
        assertThat(rename.join()).isTrue();
        assertThat(other.namespaces()).isEmpty();
        assertThat(all.adoptions().of("renamed")).contains(place());
    }

    @Test
    void many_adopt_at_once_and_none_is_lost() {
        List<CompletableFuture<Boolean>> adoptions = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String name = "session-" + i;
            adoptions.add(CompletableFuture.supplyAsync(() -> open().adopt(name, place())));
        }
        assertThat(adoptions).allSatisfy(each -> assertThat(each.join()).isTrue());
        assertThat(all.namespaces()).hasSize(17);
    }
}
