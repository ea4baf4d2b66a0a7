package io.github.evergrant.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStorageContract} that concerns names: of namespaces, resource servers, scopes, configuration. */
abstract class TokenNamesContract extends TokenDataContract {

    private static final String LONG = "n".repeat(10_000);

    /** Names that somebody may have given, each twice: what is easily confused must stay apart. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            ".",
            "..",
            "../../../etc/passwd",
            "/etc/passwd",
            "a/b\\c:d*e?f",
            "CON",
            "a\u0000b",
            "a",
            "A",
            "\u001b[31mred\u0007\n\r\t\u0085\u2028",
            "\u202eevil",
            "é",
            "e\u0301",
            "中😀",
            "{\"a\": [\"\\\"]}",
            "%s %n ${x} '; drop table token_storage; --",
            LONG,
            LONG + "!");

    @Test
    void any_name_of_a_namespace_is_its_own() {
        if (!holdsSeveralNamespaces()) {
            return;
        }
        int number = 0;
        for (String name : ODD) {
            store(name, full("api", "at-" + number));
            storage.journal(name).write(Map.of("number", (long) number));
            storage.storeConfiguration(name, "c", Map.of("number", (long) number));
            number++;
        }
        TokenStorage again = reopen(storage);
        assertThat(again.namespaces()).containsExactlyInAnyOrderElementsOf(ODD);
        for (int i = 0; i < ODD.size(); i++) {
            String name = ODD.get(i);
            assertThat(again.read(name)).as(name).isEqualTo(Map.of("api", full("api", "at-" + i)));
            assertThat(again.journal(name).read()).as(name).isEqualTo(Map.of("number", (long) i));
            assertThat(again.configuration(name, "c")).as(name).contains(Map.of("number", (long) i));
            again.leases().tryTake(name).orElseThrow().close();
        }
        Map<String, Map<String, TokenData>> all = new LinkedHashMap<>();
        again.forEach((name, way) -> all.put(name, way.get()));
        assertThat(List.copyOf(all.keySet())).isEqualTo(again.namespaces());
        assertThat(all).allSatisfy((name, found) -> assertThat(found).isEqualTo(storage.read(name)));
        for (String name : ODD) {
            assertThat(again.remove(name)).as(name).isTrue();
            again.journal(name).delete();
        }
        assertThat(storage.namespaces()).isEmpty();
        assertThat(storage.journal(LONG).read()).isEmpty();
    }

    @Test
    void any_name_of_a_resource_server_and_of_a_configuration_is_its_own() {
        int number = 0;
        for (String name : ODD) {
            store(SESSION, full(name, "at-" + number));
            storage.storeConfiguration(SESSION, name, Map.of("number", (long) number));
            number++;
        }
        TokenStorage again = reopen(storage);
        assertThat(again.read(SESSION).keySet()).containsExactlyElementsOf(ODD);
        for (int i = 0; i < ODD.size(); i++) {
            assertThat(again.read(SESSION, ODD.get(i))).contains(full(ODD.get(i), "at-" + i));
            assertThat(again.configuration(SESSION, ODD.get(i))).contains(Map.of("number", (long) i));
        }
    }

    @Test
    void scopes_and_types_of_any_characters_are_kept() {
        TokenData odd =
                full("api", "at").withScopes(Scopes.of("\u001b[31m", "a\u0000b", "\u202e", LONG, "\ud83d", "😀"));
        store(SESSION, odd);
        assertThat(reopen(storage).read(SESSION, "api")).contains(odd);
    }
}
