package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.copy;
import static io.github.evergrant.providers.agave.saved.Saved.in;
import static io.github.evergrant.providers.agave.saved.Saved.mode;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static io.github.evergrant.providers.agave.saved.Saved.tacc;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.tokens;
import static io.github.evergrant.providers.agave.saved.Saved.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in the files by the writer that is used everywhere: every copy the same, nothing of others lost. */
final class WriteThroughTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path config;
    private Path current;

    @BeforeEach
    void place() {
        folder = temporary.resolve("agave");
        config = folder.resolve("config.json");
        current = folder.resolve("current");
    }

    private AgaveTokenStorage storage() {
        return Saved.open(folder);
    }

    private static Instant inSeconds(int seconds) {
        return Instant.ofEpochSecond(Instant.now().getEpochSecond() + seconds);
    }

    /** Gives a session of the storage another pair, as a renewal does. */
    private static void renew(AgaveTokenStorage storage, String name, String access, Instant end) {
        TokenData seen = storage.read(name).values().iterator().next();
        TokenData next = new TokenData(
                seen.resourceServer(),
                Secret.of(access),
                Secret.of("ref-of-" + access),
                "bearer",
                Scopes.of("default"),
                Expiry.at(end),
                null,
                Map.of());
        assertThat(storage.replace(
                        name, Map.of(seen.resourceServer(), seen.fingerprint()), Map.of(seen.resourceServer(), next)))
                .isTrue();
        assertThat(storage.read(name, seen.resourceServer())).contains(next);
    }

    @Test
    @DisplayName("47, Q1, Q2: after a refresh every copy has the new pair, and Python loads it either way")
    void every_copy_is_new() {
        copy("py-0.8-0.9/c-after-refresh-and-save", folder);
        String name = storage().current().orElseThrow().name();
        renew(storage(), name, "acc-new", inSeconds(14400));
        assertThat(in(config, "sessions", "sd2e", "ada", "my_super_cool_client", "access_token"))
                .isEqualTo("acc-new");
        assertThat(in(config, "current", "my_super_cool_client", "refresh_token"))
                .isEqualTo("ref-of-acc-new");
        assertThat(in(current, "access_token")).isEqualTo("acc-new");
        assertThat(in(config, "current", "my_super_cool_client", "expires_in")).isEqualTo(14400L);
        assertThat(in(config, "current", "my_super_cool_client", "created_at")).isInstanceOf(String.class);
        try (AgavePython python = new AgavePython()) {
            for (Map<String, @Nullable Object> each : java.util.List.of(
                    python.load("a.load", folder),
                    python.load("a.load", folder, "sd2e", "ada", "my_super_cool_client"),
                    python.load("c.restore", folder, null, "my_super_cool_client"))) {
                assertThat(each)
                        .containsEntry("access_token", "acc-new")
                        .containsEntry("refresh_token", "ref-of-acc-new")
                        .containsEntry("apisecret", "sec-0001");
            }
        }
    }

    @Test
    @DisplayName("47: of a session that is not in use only its own record changes")
    void a_session_that_is_not_in_use() {
        copy("py-0.8-0.9/b-two-tenants/3-after-third-save-same-user-new-client", folder);
        String before = text(current);
        renew(storage(), "tacc.prod/grace/client-two", "acc-new", inSeconds(3600));
        assertThat(text(current)).isEqualTo(before);
        assertThat(in(config, "sessions", "tacc.prod", "grace", "client-two", "access_token"))
                .isEqualTo("acc-new");
        assertThat(in(config, "sessions", "tacc.prod", "grace", "client-two", "expires_in"))
                .isEqualTo(3600L);
        assertThat(storage().current().orElseThrow().name()).isEqualTo("sd2e/ada/client-three");
        assertThat(text(config)).startsWith("{\n    \"current\": {\n        \"client-three\": {");
    }

    @Test
    void a_client_that_was_created_anew_keeps_its_secret_before_its_first_token() {
        storage().saveAsPython(sd2e("c1", 1, CLOCK));
        storage().saveAsPython(sd2e("c2", 2, CLOCK));
        storage().saveAsPython(sd2e("c1", 3, CLOCK).withTokens(null));
        SavedSession created = storage().saved("sd2e/ada/c1").orElseThrow();
        assertThat(created.clientKey()).isEqualTo("key-0003");
        assertThat(created.tokens()).isNull();

        storage().add(sd2e("c2", 2, CLOCK + 10));

        assertThat(in(folder.resolve("current"), "apisecret")).isEqualTo("sec-0003");
        assertThat(in(config, "current", "c1", "apisecret")).isEqualTo("sec-0003");
        storage().save(sd2e("c2", 2, CLOCK + 20));
        assertThat(storage().saved("sd2e/ada/c1").orElseThrow()).isEqualTo(created);
    }

    @Test
    @DisplayName("48, Q8: where line C alone has written, current is added and all sessions stay")
    void over_line_c() {
        copy("py-1.0/p2-second-tenant", folder);
        storage().save(sd2e("c3", 3, CLOCK + 5000));
        assertThat(storage().saved())
                .extracting(SavedSession::name)
                .containsExactly("sd2e/ada/c1", "sd2e/ada/c3", "tacc.prod/grace/c2");
        assertThat(in(config, "current", "c3", "access_token")).isEqualTo("acc-0003");
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "proxies")).isEqualTo(Map.of());
        try (AgavePython python = new AgavePython()) {
            assertThat(python.load("a.load", folder)).containsEntry("client", "c3");
        }
    }

    @Test
    @DisplayName("49, Q11: after a switch of line C current has one entry again, and nobody's session is lost")
    void after_a_switch() {
        copy("py-1.0/p6b-switch-tenant/2-after-switch-to-sd2e-ada-c1", folder);
        renew(storage(), "sd2e/ada/c1", "acc-new", inSeconds(3600));
        assertThat(in(config, "current"))
                .isInstanceOfSatisfying(Map.class, map -> assertThat(map).containsOnlyKeys("c1"));
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "username")).isEqualTo("ada");
        assertThat(access(storage(), "tacc.prod/grace/c2")).isEqualTo("acc-0002");
    }

    @Test
    @DisplayName("Q12: between two named clients of one user there is a way")
    void two_clients_of_one_user() {
        copy("py-1.0/p6-switch/1-before", folder);
        storage().use("sd2e/ada/c3");
        storage().use("sd2e/ada/c1");
        assertThat(access(storage().find(Selection.CURRENT))).isEqualTo("acc-0001");
        assertThat(access(storage(), "sd2e/ada/c3")).isEqualTo("acc-0002");
    }

    @Test
    @DisplayName("Q11: a session that only stands where another one's belongs is put where it belongs")
    void a_session_in_another_s_place_is_rescued() {
        write(config, """
                {"sessions": {"sd2e": {"ada": {"c1": {"tenantid": "tacc.prod", "username": "grace", "apikey": "k2",
                 "client_name": "c2", "access_token": "a2", "created_at": 5}}}}, "current": {"tenantid": "sd2e",
                 "username": "ada", "apikey": "k1", "client_name": "c1", "access_token": "a1", "created_at": 7}}
                """);
        assertThat(access(storage(), "tacc.prod/grace/c2")).isEqualTo("a2");
        storage().use("sd2e/ada/c1");
        assertThat(access(storage(), "tacc.prod/grace/c2")).isEqualTo("a2");
        assertThat(access(storage(), "sd2e/ada/c1")).isEqualTo("a1");
        assertThat(in(config, "sessions", "tacc.prod", "grace", "c2", "access_token"))
                .isEqualTo("a2");
    }

    @Test
    @DisplayName("50, Q25: what is made is private, and what is there does not become less so")
    void modes() throws Exception {
        storage().save(sd2e("c1", 1, CLOCK));
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(config)).isEqualTo("rw-------");
        assertThat(mode(current)).isEqualTo("rw-------");
        Files.delete(config);
        Files.delete(current);
        copy("py-0.8-0.9/a-one-session", folder);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
        storage().save(sd2e("c2", 2, CLOCK + 1));
        assertThat(mode(config)).isEqualTo("rw-------");
        assertThat(mode(current)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("45, 72: nothing is lost between Java and Python but fields without a name of the session in use")
    void there_and_back() {
        write(config, """
                {"version": 7, "current": {"c1": {"tenantid": "sd2e", "username": "ada", "apikey": "k1", "mine": 1,
                 "devurl": "https://dev", "access_token": "a1", "refresh_token": "r1", "created_at": "10"}},
                 "sessions": {"t": {"u": {"c": {"apikey": "x", "access_token": "a2", "deep": {"list": [null, true]}}}}}}
                """);
        storage().save(sd2e("c2", 2, CLOCK));
        assertThat(in(config, "version")).isEqualTo(7L);
        assertThat(in(config, "sessions", "t", "u", "c", "deep", "list")).isNotNull();
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "mine")).isEqualTo(1L);
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "devurl")).isEqualTo("https://dev");
        SavedSession before = storage().current().orElseThrow();
        try (AgavePython python = new AgavePython()) {
            Map<String, @Nullable Object> loaded = python.load("a.load", folder);
            python.ask("a.save", folder, "c2", loaded);
        }
        assertThat(storage().current()).contains(before);
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "mine")).isEqualTo(1L);
        assertThat(storage().saved()).hasSize(3);
    }

    @Test
    @DisplayName("45: fields without a name survive a renewal, also those of the session in use, in every file")
    void fields_without_a_name_survive_a_renewal() {
        copy("py-1.0/p1-first-session", folder);
        renew(storage(), "sd2e/ada/c1", "acc-new", inSeconds(3600));
        for (Object each : new Object[] {
            Objects.requireNonNull(in(config, "sessions", "sd2e", "ada", "c1")),
            Objects.requireNonNull(in(config, "current", "c1")),
            Objects.requireNonNull(in(current))
        }) {
            assertThat(((Map<?, ?>) each).get("verify")).isEqualTo(true);
            assertThat(((Map<?, ?>) each).get("proxies")).isEqualTo(Map.of());
            assertThat(((Map<?, ?>) each).get("access_token")).isEqualTo("acc-new");
        }
    }

    @Test
    @DisplayName("Q9: current says the client's name, so that line C finds it and files what it refreshes under it")
    void current_says_the_client_s_name() {
        storage().save(sd2e("c1", 1, CLOCK));
        assertThat(text(current)).startsWith("{\"access_token\": \"acc-0001\", \"apikey\": \"key-0001\"");
        try (AgavePython python = new AgavePython()) {
            Map<String, @Nullable Object> found = python.load("c.restore", folder, null, "c1");
            found.put("access_token", "acc-c");
            found.put("created_at", CLOCK + 100);
            python.ask("c.grant", folder, found);
        }
        assertThat(storage().saved()).extracting(SavedSession::name).containsExactly("sd2e/ada/c1");
        assertThat(access(storage(), "sd2e/ada/c1")).isEqualTo("acc-c");
    }

    @Test
    @DisplayName("Q13: a session by a new client has none of the former one's tokens")
    void a_new_client_has_no_tokens() {
        storage().save(sd2e("c1", 1, CLOCK));
        SavedSession next = storage().find(Selection.CURRENT).withClient("c1", "key-0009", Secret.of("sec-0009"));
        storage().save(next);
        assertThat(storage().find(Selection.CURRENT)).isEqualTo(next);
        assertThat(in(config, "current", "c1", "access_token")).isEqualTo("");
        assertThat(storage().namespaces()).isEmpty();
    }

    @Test
    @DisplayName("Q37: an address for developers stays, and is empty where none is known")
    void the_address_for_developers() {
        write(
                config,
                "{\"sessions\": {\"sd2e\": {\"ada\": {\"c1\": {\"devurl\": \"https://dev\", \"apikey\": \"key-0001\"}}}}}");
        storage().save(sd2e("c1", 1, CLOCK));
        storage().save(sd2e("c2", 2, CLOCK));
        assertThat(in(config, "sessions", "sd2e", "ada", "c1", "devurl")).isEqualTo("https://dev");
        assertThat(in(config, "current", "c2", "devurl")).isEqualTo("");
    }

    @Test
    @DisplayName("Q3: an older pair than the one that is there is not saved over it")
    void an_older_pair_does_not_win() {
        SavedSession first = sd2e("c1", 1, CLOCK);
        storage().save(first.withTokens(tokens(2, CLOCK + 100, 14400L)));
        storage().save(first);
        assertThat(access(storage().find(Selection.CURRENT))).isEqualTo("acc-0002");
    }

    @Test
    @DisplayName("Q39: removed tokens leave the client, and a session that is forgotten leaves nothing")
    void removing_and_forgetting() {
        storage().save(sd2e("c1", 1, CLOCK));
        storage().save(tacc("c2", 2, CLOCK));
        storage().save(session("sd2e", "https://api.sd2e.org", "eve", "c3", 3, CLOCK + 9));
        assertThat(storage().remove("sd2e/eve/c3")).isTrue();
        assertThat(storage().remove("sd2e/eve/c3")).isFalse();
        assertThat(storage().namespaces()).containsExactly("sd2e/ada/c1", "tacc.prod/grace/c2");
        assertThat(storage().saved("sd2e/eve/c3").orElseThrow().clientSecret()).isEqualTo(Secret.of("sec-0003"));
        for (Path each : new Path[] {config, current}) {
            assertThat(text(each)).doesNotContain("acc-0003", "ref-0003");
        }
        assertThat(storage().forget("sd2e/eve/c3")).isTrue();
        assertThat(text(config) + text(current)).doesNotContain("eve", "sec-0003");
        assertThat(storage().current()).isPresent();
        try (AgavePython python = new AgavePython()) {
            python.ask("a.save", folder, "c9", sd2e("c9", 9, CLOCK).fields());
        }
        assertThat(storage().saved()).hasSize(3);
        storage()
                .saved()
                .forEach(each -> assertThat(storage().forget(each.name())).isTrue());
        assertThat(storage().exists()).isFalse();
        try (AgavePython python = new AgavePython()) {
            python.ask("a.save", folder, "c9", sd2e("c9", 9, CLOCK).fields());
        }
        assertThat(storage().namespaces()).containsExactly("sd2e/ada/c9");
    }

    @Test
    @DisplayName(
            "51: cut short between the two renames, the new pair counts, and the next save brings current up to it")
    void between_the_two_renames() {
        storage().save(sd2e("c1", 1, CLOCK));
        storage().save(tacc("c2", 2, CLOCK));
        byte[] former = Saved.bytes(current);
        renew(storage(), "tacc.prod/grace/c2", "acc-new", Instant.ofEpochSecond(CLOCK + 14400));
        write(current, former, "rw-------");
        assertThat(access(storage(), "tacc.prod/grace/c2")).isEqualTo("acc-new");
        assertThat(storage().current().orElseThrow().name()).isEqualTo("tacc.prod/grace/c2");
        assertThat(storage().read("tacc.prod/grace/c2").values())
                .allMatch(data -> data.scopes().text().equals("default"));
        assertThat(storage().faults()).extracting(StorageFailure::code).containsExactly("current_outdated");
        renew(storage(), "sd2e/ada/c1", "acc-other", inSeconds(14400));
        assertThat(storage().faults()).isEmpty();
        assertThat(in(current, "access_token")).isEqualTo("acc-new");
        assertThat(storage().current().orElseThrow().name()).isEqualTo("tacc.prod/grace/c2");
    }

    @Test
    @DisplayName("51: where the second file cannot be written the first is whole, and its new pair counts")
    void the_second_file_cannot_be_written() throws Exception {
        storage().save(sd2e("c1", 1, CLOCK));
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.move(current, elsewhere.resolve("current"));
        Files.createSymbolicLink(current, elsewhere.resolve("current"));
        storage().save(sd2e("c1", 2, CLOCK + 10));
        assertThat(Files.isSymbolicLink(current)).isTrue();
        assertThat(in(elsewhere.resolve("current"), "access_token")).isEqualTo("acc-0002");
        Files.move(elsewhere, temporary.resolve("gone"));
        assertThatThrownBy(() -> storage().save(sd2e("c1", 3, CLOCK + 20)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_unwritable"));
        Files.move(temporary.resolve("gone"), elsewhere);
        assertThat(access(storage(), "sd2e/ada/c1")).isEqualTo("acc-0003");
        assertThat(in(current, "access_token")).isEqualTo("acc-0002");
        storage().save(sd2e("c1", 3, CLOCK + 20));
        assertThat(in(current, "access_token")).isEqualTo("acc-0003");
    }

    @Test
    void where_the_second_file_is_something_else_nothing_is_written() throws Exception {
        storage().save(sd2e("c1", 1, CLOCK));
        Files.delete(current);
        Files.createDirectory(current);
        assertThatThrownBy(() -> storage().save(sd2e("c1", 2, CLOCK + 10)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_not_a_file"));
        assertThat(in(config, "current", "c1", "access_token")).isEqualTo("acc-0001");
    }

    @Test
    @DisplayName("51: what the files cannot hold goes with the pair it was saved with")
    void remainders_go_with_their_pair() {
        storage().save(sd2e("c1", 1, CLOCK));
        renew(storage(), "sd2e/ada/c1", "acc-2", inSeconds(14400));
        byte[] between = Saved.bytes(config);
        byte[] betweenCurrent = Saved.bytes(current);
        AgaveTokenStorage storage = storage();
        TokenData seen = storage.read("sd2e/ada/c1", "agave").orElseThrow();
        TokenData next = seen.withRefreshToken(Secret.of("other")).withScopes(Scopes.of("wider"));
        TokenData more = TokenData.bearer("more", Secret.of("m"), Expiry.never());
        assertThat(storage.replace(
                        "sd2e/ada/c1", Map.of("agave", seen.fingerprint()), Map.of("agave", next, "more", more)))
                .isTrue();
        assertThat(storage().read("sd2e/ada/c1")).containsEntry("agave", next).containsEntry("more", more);
        assertThat(text(config) + text(current)).doesNotContain("wider", "\"m\"");
        // As if the two files of the others had not been reached.
        write(config, between, "rw-------");
        write(current, betweenCurrent, "rw-------");
        assertThat(storage().read("sd2e/ada/c1")).containsExactly(Map.entry("agave", seen));
        assertThat(mode(folder.resolve("config.json.d/remainders.json"))).isEqualTo("rw-------");
        assertThat(storage().remove("sd2e/ada/c1")).isTrue();
        assertThat(text(folder.resolve("config.json.d/remainders.json")))
                .doesNotContain("\"m\"")
                .doesNotContain("sd2e");
    }
}
