package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.copy;
import static io.github.evergrant.providers.agave.saved.Saved.golden;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.token.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of files that other programs wrote. */
final class ReadingTest {

    private static final String SECRET_ADA = "sec-0001";

    @TempDir
    private Path temporary;

    private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void place() {
        folder = temporary.resolve("agave");
    }

    private AgaveTokenStorage golden(String name) {
        copy(name, folder);
        return open();
    }

    private AgaveTokenStorage open() {
        return Saved.open(folder, warnings::add);
    }

    private static List<String> names(AgaveTokenStorage storage) {
        return storage.saved().stream().map(SavedSession::name).toList();
    }

    private static void assertFails(Class<? extends Exception> kind, String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(kind)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("54, Q4: what line A saved is loaded with every field")
    void the_current_session() {
        SavedSession found = golden("py-0.8-0.9/a-one-session").find(Selection.CURRENT);
        assertThat(found).isEqualTo(sd2e("my_super_cool_client", 1, CLOCK));
        assertThat(found.name()).isEqualTo("sd2e/ada/my_super_cool_client");
        assertThat(found.clientSecret()).isEqualTo(Secret.of(SECRET_ADA));
        assertThat(Objects.requireNonNull(found.tokens()).expiresAt()).isEqualTo("Tue Oct 16 20:48:36 UTC 2018");
        assertThat(found.expiry().orElseThrow().epochSecond()).isEqualTo(CLOCK + 14400);
        assertThat(found.toString()).doesNotContain("acc-0001", "ref-0001", SECRET_ADA);
    }

    @Test
    @DisplayName("54: it is a session of the storage, for all services of its tenant")
    void a_session_of_the_storage() {
        AgaveTokenStorage storage = golden("py-0.8-0.9/b-two-tenants/3-after-third-save-same-user-new-client");
        assertThat(storage.namespaces())
                .containsExactly("sd2e/ada/client-one", "tacc.prod/grace/client-two", "sd2e/ada/client-three");
        assertThat(storage.read("tacc.prod/grace/client-two")).hasSize(1).hasEntrySatisfying("agave", data -> {
            assertThat(data.accessToken().reveal()).isEqualTo("acc-0002");
            assertThat(data.refresh()).contains(Secret.of("ref-0002"));
            assertThat(data.expiry().epochSecond()).isEqualTo(CLOCK + 1000 + 14400);
        });
        assertThat(storage.faults()).isEmpty();
        assertThat(Files.exists(folder.resolve("config.json.d"))).isFalse();
        assertThat(Files.exists(folder.resolve("config.json.lock"))).isFalse();
    }

    @Test
    @DisplayName("55, 56, Q5: a full triple finds a session under sessions and the one in use")
    void full_triples() {
        AgaveTokenStorage storage = golden("py-0.8-0.9/b-two-tenants/3-after-third-save-same-user-new-client");
        assertThat(access(storage.find(new Selection("tacc.prod", "grace", "client-two"))))
                .isEqualTo("acc-0002");
        assertThat(access(storage.find(new Selection("sd2e", "ada", "client-three"))))
                .isEqualTo("acc-0003");
    }

    @Test
    @DisplayName("57, Q1: after a refresh and a save of line A the fresher pair is found, not the one under sessions")
    void the_freshest_copy() {
        AgaveTokenStorage storage = golden("py-0.8-0.9/c-after-refresh-and-save");
        SavedSession found = storage.find(new Selection("sd2e", "ada", "my_super_cool_client"));
        assertThat(access(found)).isEqualTo("acc-0002");
        assertThat(storage.saved()).hasSize(1);
    }

    @Test
    @DisplayName("58, Q2: what line C refreshed over line A's files is found, by the rules of sections 2.10 and 4.3.6")
    void line_c_over_line_a() {
        copy("py-0.8-0.9/b-two-tenants/2-after-second-save", folder);
        try (AgavePython python = new AgavePython()) {
            Map<String, Object> record = new java.util.LinkedHashMap<>(
                    Map.of("tenantid", "tacc.prod", "baseurl", "https://api.tacc.utexas.edu", "username", "grace"));
            record.putAll(Map.of("apikey", "key-0002", "apisecret", "sec-0002", "access_token", "acc-0011"));
            record.putAll(Map.of("refresh_token", "ref-0011", "created_at", 1539720000L, "expires_in", 3600L));
            python.ask("c.grant", folder, record);
        }
        AgaveTokenStorage storage = open();
        SavedSession found = storage.find(Selection.CURRENT);
        assertThat(access(found)).isEqualTo("acc-0011");
        assertThat(found.name()).isEqualTo("tacc.prod/grace/client-two");
        assertThat(names(storage)).containsExactlyInAnyOrder("sd2e/ada/client-one", "tacc.prod/grace/client-two");
        assertThat(access(storage, "tacc.prod/grace/key-0002")).isEqualTo("acc-0011");
    }

    @Test
    @DisplayName("59, Q27: what line C saved is understood")
    void line_c() {
        AgaveTokenStorage storage = golden("py-1.0/p1-first-session");
        SavedSession found = storage.find(Selection.CURRENT);
        assertThat(found.name()).isEqualTo("sd2e/ada/c1");
        assertThat(Objects.requireNonNull(found.tokens()).createdAt()).isEqualTo(1539708516L);
        assertThat(found.expiry().orElseThrow().epochSecond()).isEqualTo(CLOCK + 3600);
        assertThat(names(golden("py-1.0/p2-second-tenant"))).containsExactly("sd2e/ada/c1", "tacc.prod/grace/c2");
    }

    @Test
    @DisplayName("60: a client without a name is called by its key")
    void a_nameless_client() {
        AgaveTokenStorage storage = golden("py-1.0/p2b-client-without-name");
        assertThat(names(storage)).containsExactly("sd2e/ada/c1", "sd2e/ada/key-0003", "tacc.prod/grace/c2");
        assertThat(access(storage, "sd2e/ada/key-0003")).isEqualTo("acc-0003");
        assertThat(storage.current().orElseThrow().name()).isEqualTo("sd2e/ada/key-0003");
        AgaveTokenStorage later = golden("py-1.0/p3-after-restore-and-refresh");
        assertThat(access(later, "sd2e/ada/key-0003")).isEqualTo("acc-0004");
    }

    @Test
    @DisplayName("61, Q30, Q31: doubled keys and a tenant that is null do no harm")
    void doubled_keys() {
        AgaveTokenStorage storage = golden("py-1.0/p8-from-env-basic");
        assertThat(names(storage)).containsExactly("sd2e/ada/key-0001");
        assertThat(storage.read("sd2e/ada/key-0001")).containsOnlyKeys("agave");
        assertThat(storage.facts("sd2e/ada/key-0001")).containsEntry("token_endpoint", "https://api.sd2e.org/token");
        assertThat(names(golden("py-1.0/p4-tenant-unknown-no-trailing-slash"))).containsExactly("sd2e/ada/c1");
    }

    @ParameterizedTest
    @DisplayName("Q30: a tenant that nobody knows goes by its address, also where line A wrote nothing for it")
    @ValueSource(strings = {"null", "\"\""})
    void a_tenant_without_an_id(String written) {
        copy("py-1.0/p8-from-env-basic", folder);
        for (String file : List.of("config.json", "current")) {
            write(
                    folder.resolve(file),
                    text(folder.resolve(file))
                            .replace("\"tenantid\": null", "\"tenantid\": " + written)
                            .replace("https://api.sd2e.org", "https://API.example.org/v2/"));
        }
        String name = "https:%2F%2Fapi.example.org%2Fv2/ada/key-0001";
        AgaveTokenStorage storage = open();

        assertThat(names(storage)).containsExactly(name);
        assertThat(Selection.isName(name)).isTrue();
        assertThat(storage.current().map(SavedSession::name)).contains(name);
        assertThat(storage.facts(name)).containsEntry("token_endpoint", "https://API.example.org/v2/token");
        for (int i = 0; i < 2; i++) {
            storage.use(name);
            storage = open();
            assertThat(storage.saved()).extracting(SavedSession::name).containsExactly(name);
        }
        assertThat(text(folder.resolve("config.json"))).doesNotContain("tenantid\": null");
    }

    @Test
    @DisplayName("Q30: a tenant that is null is that of another record with the same address")
    void an_unknown_tenant_is_repaired() {
        copy("py-1.0/p4-tenant-unknown-no-trailing-slash", folder);
        String config = text(folder.resolve("config.json"));
        write(
                folder.resolve("config.json"),
                config.substring(0, config.length() - 2)
                        + ", \"sd2e\": {\"eve\": {\"c9\": {\"tenantid\": \"sd2e\", \"baseurl\": \"https://API.sd2e.org/\"}}}}}");
        AgaveTokenStorage storage = open();
        assertThat(names(storage)).containsExactly("sd2e/ada/c1", "sd2e/eve/c9");
        storage.use("sd2e/ada/c1");
        assertThat(names(open())).containsExactly("sd2e/ada/c1", "sd2e/eve/c9");
    }

    @Test
    @DisplayName("62, Q11: after a switch of line C each session is its own")
    void after_a_switch() {
        AgaveTokenStorage storage = golden("py-1.0/p6b-switch-tenant/2-after-switch-to-sd2e-ada-c1");
        assertThat(access(storage.find(new Selection("sd2e", "ada", "c1")))).isEqualTo("acc-0001");
        assertThat(access(storage.find(new Selection("tacc.prod", "grace", null))))
                .isEqualTo("acc-0002");
        assertThat(storage.saved()).hasSize(2);
        assertThat(storage.current().orElseThrow().name()).isEqualTo("sd2e/ada/c1");
        assertThat(access(golden("py-1.0/p6b-switch-tenant/3-after-next-token-create"), "sd2e/ada/c1"))
                .isEqualTo("acc-0003");
    }

    @Test
    @DisplayName("63, Q26: what the shell tools saved is read, with their texts for numbers")
    void the_shell_tools() {
        write(folder.resolve("current"), Saved.bytes(Saved.golden("bash-cli-2.3.1/current-after-refresh")));
        SavedSession found = open().find(Selection.CURRENT);
        assertThat(found.tenant()).isEqualTo("sd2e");
        assertThat(found.clientKey()).isEqualTo("key-0001");
        assertThat(Objects.requireNonNull(found.tokens()).expiresIn()).isEqualTo("14400");
        assertThat(found.expiry().orElseThrow().epochSecond()).isEqualTo(1795296070L + 14400);
        assertThat(open().exists()).isTrue();
        assertThat(open().namespaces()).containsExactly("sd2e/ada/key-0001");
    }

    @Test
    @DisplayName("63, Q26: what the library's automatic writes left is read, whatever stands for the lifetime")
    void automatic_writes() {
        for (String each :
                List.of("2-current-after-restore-and-token-refresh", "3-current-after-constructor-token-create")) {
            write(folder.resolve("current"), Saved.bytes(Saved.golden("py-0.8-0.9/m-restore/" + each)));
            SavedSession found = open().find(Selection.CURRENT);
            assertThat(access(found)).isEqualTo("acc-0001");
            assertThat(found.expiry().orElseThrow().epochSecond())
                    .isEqualTo(each.startsWith("2") ? CLOCK + 14400 : CLOCK);
        }
    }

    @Test
    @DisplayName("64: of an array the first record is in use, and the others are found by key, name or tenant")
    void an_array() {
        write(folder.resolve("current"), """
                [{"tenantid": "sd2e", "username": "ada", "apikey": "k1", "access_token": "a1"},
                 {"tenant_id": "tacc.prod", "username": "grace", "api_key": "k2", "client_name": "c2", "token": "a2"}]
                """);
        AgaveTokenStorage storage = open();
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("a1");
        for (Selection each : List.of(
                new Selection(null, null, "k2"),
                new Selection(null, null, "c2"),
                new Selection("tacc.prod", null, null))) {
            assertThat(access(storage.find(each))).isEqualTo("a2");
        }
        storage.use("tacc.prod/grace/c2");
        assertThat(access(open(), "sd2e/ada/k1")).isEqualTo("a1");
        assertThat(access(open().find(Selection.CURRENT))).isEqualTo("a2");
    }

    @Test
    @DisplayName("65, Q42: what Python 2 wrote is read, and written again as Python 3 writes it")
    void python_2() {
        AgaveTokenStorage storage = golden("py27-store-writer");
        assertThat(names(storage)).containsExactly("sd2e/ada/client-one", "tacc.prod/grace/client-two");
        storage.use("sd2e/ada/client-one");
        assertThat(text(folder.resolve("config.json"))).doesNotContain(", \n").doesNotEndWith("\n");
        assertThat(text(folder.resolve("config.json"))).contains("{\n    \"current\": {\n        \"client-one\": {\n");
        assertThat(access(open(), "tacc.prod/grace/client-two")).isEqualTo("acc-0002");
    }

    @Test
    @DisplayName("66, Q6, Q7: what is given must fit: one is loaded, of several none, and of none it is said")
    void partial_selections() {
        AgaveTokenStorage storage = golden("py-0.8-0.9/b-two-tenants/3-after-third-save-same-user-new-client");
        assertThat(access(storage.find(new Selection("tacc.prod", null, null)))).isEqualTo("acc-0002");
        assertFails(InvalidInput.class, "ambiguous_session", () -> storage.find(new Selection("sd2e", null, null)));
        assertThatThrownBy(() -> storage.find(new Selection("sd2e", null, null)))
                .hasMessageContaining("sd2e/ada/client-one")
                .hasMessageContaining("sd2e/ada/client-three");
        assertFails(LoginRequired.class, "unknown_session", () -> storage.find(new Selection("nope", null, null)));
        assertFails(
                LoginRequired.class, "unknown_session", () -> storage.find(new Selection("sd2e", "ada", "client-two")));
    }

    @Test
    @DisplayName("67: where nothing was saved it is said so, and nothing is made")
    void nothing_saved() {
        AgaveTokenStorage storage = open();
        assertThatThrownBy(() -> storage.find(Selection.CURRENT))
                .isInstanceOf(LoginRequired.class)
                .hasMessageContaining(folder.toString());
        assertFails(LoginRequired.class, "no_saved_session", () -> storage.find(Selection.CURRENT));
        assertThat(storage.saved()).isEmpty();
        assertThat(storage.current()).isEmpty();
        assertThat(storage.exists()).isFalse();
        assertThat(storage.forget("a/b/c")).isFalse();
        assertFails(LoginRequired.class, "unknown_session", () -> storage.use("a/b/c"));
        assertThat(folder.resolve("config.json")).doesNotExist();
    }

    @Test
    void a_time_that_is_none_hides_no_session() {
        write(folder.resolve("config.json"), """
                {"sessions": {"sd2e": {"ada": {
                  "odd": {"baseurl": "https://api.sd2e.org", "apikey": "k1", "apisecret": "s", "access_token": "a1",
                          "created_at": 900000000000000000, "expires_in": "900000000000000000"},
                  "good": {"baseurl": "https://api.sd2e.org", "apikey": "k2", "apisecret": "s", "access_token": "a2"}}}}}
                """);
        try (Evergrant door = Evergrant.open(open(), EvergrantSettings.defaults())) {
            assertThat(door.sessions()).containsExactly("sd2e/ada/odd", "sd2e/ada/good");
            for (String name : door.sessions()) {
                assertThat(door.session(name).facts()).isPresent();
                assertThat(door.session(name).standing().records()).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName(
            "64, Q24: the older file is read where there is no other, brought along by the first save, and not written")
    void the_older_file() {
        Path agpy = write(temporary.resolve(".agpy"), Saved.bytes(Saved.golden("py-0.8-0.9/o-agpy/agpy-before")));
        String before = text(agpy);
        List<Path> legacy = List.of(temporary.resolve("none"), agpy);
        AgaveTokenStorage storage = AgaveTokenStorage.open(folder, legacy, StorageOptions.DEFAULT);
        assertThat(names(storage)).containsExactly("sd2e/ada/c1", "tacc.prod/grace/c2");
        assertThat(storage.namespaces()).containsExactly("sd2e/ada/c1");
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-old");
        storage.save(sd2e("c1", 5, CLOCK));
        assertThat(access(storage, "sd2e/ada/c1")).isEqualTo("acc-0005");
        assertThat(names(storage)).containsExactlyInAnyOrder("sd2e/ada/c1", "tacc.prod/grace/c2");
        assertThat(storage.saved("tacc.prod/grace/c2").orElseThrow().clientKey())
                .isEqualTo("key-0002");
        assertThat(text(agpy)).isEqualTo(before);
    }

    @Test
    @DisplayName("Q28: addresses with and without a slash are one")
    void slashes() {
        write(folder.resolve("config.json"), """
                {"current": {"c": {"tenantid": "t", "baseurl": "https://api.t.org/", "apikey": "k", "username": "u",
                 "access_token": "a2", "created_at": 2}}, "sessions": {"t": {"u": {"c": {"tenantid": "t",
                 "baseurl": "https://api.t.org", "apikey": "k", "username": "u", "access_token": "a1"}}}}}
                """);
        assertThat(open().find(Selection.CURRENT).baseUrl()).isEqualTo("https://api.t.org");
        assertThat(open().read("t/u/c")).containsOnlyKeys("agave");
    }

    @Test
    @DisplayName("Q14: times that are missing or no times mean that the token has ended")
    void odd_times() {
        for (String times : List.of(
                "\"created_at\": \"\", \"expires_in\": \"\"",
                "\"created_at\": null",
                "\"created_at\": \"soon\", \"expires_in\": 1e999999",
                "\"created_at\": [1], \"expires_in\": {\"a\": 1}",
                "\"created_at\": \"99999999999999999999999\", \"expires_in\": 14400",
                "\"created_at\": NaN")) {
            write(
                    folder.resolve("current"),
                    "{\"username\": \"u\", \"apikey\": \"k\", \"access_token\": \"a\", " + times + "}");
            SavedSession found = open().find(Selection.CURRENT);
            assertThat(found.expiry().orElseThrow().epochSecond()).as(times).isLessThanOrEqualTo(14400);
        }
        write(
                folder.resolve("current"),
                "{\"username\": \"u\", \"access_token\": \"a\", \"created_at\": \" 12.9 \", \"expires_in\": 30.5}");
        assertThat(open().find(Selection.CURRENT).expiry().orElseThrow().epochSecond())
                .isEqualTo(42);
    }
}
