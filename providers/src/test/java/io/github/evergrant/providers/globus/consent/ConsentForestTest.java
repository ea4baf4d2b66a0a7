package io.github.evergrant.providers.globus.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsentForestTest {

    @Test
    void a_captured_consent_is_read_whole() {
        Golden captured = Golden.exchanges("get_consents")
                .get(0)
                .at("response")
                .at("json")
                .at("consents");

        Consent consent = Consent.read(captured.items().get(0).value()).orElseThrow();

        assertThat(consent.id()).isEqualTo(142632);
        assertThat(consent.dependencyPath()).containsExactly(142632L);
        assertThat(consent.parent()).isEmpty();
        assertThat(consent.scopeName()).isEqualTo("urn:globus:auth:scope:transfer.api.globus.org:all");
        assertThat(consent.scopeId()).isEqualTo("89ecabba-4acf-4e2e-a98d-ce592ccc2818");
        assertThat(consent.client()).isEqualTo("065db752-2f43-4fe1-a633-2ee68c9da889");
        assertThat(consent.effectiveIdentity()).isEqualTo("11111111-2222-4333-8444-555555555555");
        assertThat(consent.holds()).isTrue();
        assertThat(consent.allowsRefresh()).isTrue();
        assertThat(consent.autoApproved()).isFalse();
        assertThat(consent.lastUsed()).isEqualTo(Instant.parse("2024-03-18T17:34:04.719126Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"id\":1,\"scope_name\":\"a\"}",
                "{\"id\":1,\"scope_name\":\"a\",\"dependency_path\":[]}",
                "{\"id\":1,\"scope_name\":\"a\",\"dependency_path\":[1,2]}",
                "{\"id\":1,\"scope_name\":\"a\",\"dependency_path\":[\"1\"]}",
                "{\"id\":1,\"scope_name\":\"a\",\"dependency_path\":[null]}",
                "{\"id\":1.5,\"scope_name\":\"a\",\"dependency_path\":[1]}",
                "{\"id\":1,\"scope_name\":7,\"dependency_path\":[1]}",
                "{\"id\":99999999999999999999,\"scope_name\":\"a\",\"dependency_path\":[99999999999999999999]}"
            })
    void what_is_no_consent_is_none(String json) throws Exception {
        assertThat(Consent.read(HostileJson.read(json).value())).isEmpty();
    }

    @Test
    void odd_times_and_flags_cost_only_themselves() throws Exception {
        Optional<Consent> consent = Consent.read(HostileJson.read(
                        "{\"id\":1,\"scope_name\":\"a\",\"dependency_path\":[1],\"created\":\"soon\",\"updated\":7,"
                                + "\"allows_refresh\":\"yes\",\"status\":null}")
                .value());

        assertThat(consent).isPresent();
        assertThat(consent.orElseThrow().created()).isNull();
        assertThat(consent.orElseThrow().allowsRefresh()).isFalse();
        assertThat(consent.orElseThrow().holds()).isTrue();
    }

    @Test
    void each_dependency_has_to_hang_below_the_very_consent_that_needs_it() {
        ConsentForest forest = forest(
                consent("a", 1),
                consent("b", 1, 2),
                consent("c", 1, 2, 3),
                consent("a", 4),
                consent("d", 4, 5),
                consent("e", 6));

        assertThat(satisfies(forest, "a")).isTrue();
        assertThat(satisfies(forest, "a[b]")).isTrue();
        assertThat(satisfies(forest, "a[b[c]]")).isTrue();
        assertThat(satisfies(forest, "a[d] e")).isTrue();
        // Each of the two trees has half of it.
        assertThat(satisfies(forest, "a[b d]")).isFalse();
        assertThat(satisfies(forest, "a[c]")).isFalse();
        assertThat(satisfies(forest, "b")).isFalse();
        assertThat(satisfies(forest, "e[b]")).isFalse();
        assertThat(satisfies(forest, "f")).isFalse();
        assertThat(forest.satisfies(List.of())).isTrue();
    }

    @Test
    @DisplayName("W31: an optional dependency is not required, nor what it would need in its turn")
    void optional() {
        ConsentForest forest = forest(consent("a", 1), consent("b", 1, 2));

        assertThat(satisfies(forest, "a[b *x[y]]")).isTrue();
        assertThat(satisfies(forest, "a[b[*x]]")).isTrue();
        assertThat(satisfies(forest, "a[b x]")).isFalse();
    }

    @Test
    @DisplayName("W31: a consent that was taken back counts for nothing, nor what hangs below it")
    void takenBack() {
        ConsentForest forest = forest(
                withStatus("revoked", consent("a", 1)),
                consent("b", 1, 2),
                consent("c", 3),
                withStatus("pending", consent("d", 3, 4)));

        assertThat(satisfies(forest, "a")).isFalse();
        assertThat(satisfies(forest, "a[b]")).isFalse();
        assertThat(satisfies(forest, "c")).isTrue();
        assertThat(satisfies(forest, "c[d]")).isFalse();
    }

    @Test
    @DisplayName("W20: a consent whose parent is missing does not spoil the others")
    void orphan() {
        ConsentForest forest = forest(consent("a", 1), consent("b", 9, 2));

        assertThat(satisfies(forest, "a")).isTrue();
        assertThat(satisfies(forest, "a[b]")).isFalse();
    }

    private static boolean satisfies(ConsentForest forest, String scopes) {
        List<GlobusScope> all = GlobusScopes.parse(scopes);
        return forest.satisfies(all);
    }

    private static ConsentForest forest(Consent... consents) {
        return ConsentForest.of(Arrays.asList(consents));
    }

    private static Consent consent(String scope, long... path) {
        List<Long> ids = new ArrayList<>();
        for (long id : path) {
            ids.add(id);
        }
        long own = path[path.length - 1];
        return new Consent(own, ids, scope, "", "", "", "approved", true, false, false, null, null, null);
    }

    private static Consent withStatus(String status, Consent consent) {
        return new Consent(
                consent.id(),
                consent.dependencyPath(),
                consent.scopeName(),
                "",
                "",
                "",
                status,
                true,
                false,
                false,
                null,
                null,
                null);
    }
}
