package io.github.evergrant.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStorageContract} that concerns token data. */
abstract class TokenDataContract {

    /** Where single namespaces are stored; what format 1.0 has. */
    protected static final String SESSION = "DEFAULT";

    @SuppressWarnings("NullAway.Init")
    TokenStorage storage;

    @BeforeEach
    final void createStorage() {
        storage = create();
    }

    /** An empty storage; called once per test. */
    protected abstract TokenStorage create();

    /** The same storage as another program would open it; what has no outside gives the very same. */
    protected abstract TokenStorage reopen(TokenStorage same);

    /** Whether there is room for more than one namespace. */
    protected boolean holdsSeveralNamespaces() {
        return true;
    }

    /** Whether an identity is kept with the tokens. */
    protected boolean keepsIdentity() {
        return true;
    }

    /** A record with every field set. */
    protected final TokenData full(String resourceServer, String access) {
        return new TokenData(
                resourceServer,
                Secret.of(access),
                Secret.of("rt-" + access),
                "Bearer",
                Scopes.of("openid", "all"),
                Expiry.at(Instant.ofEpochSecond(1767398400)),
                keepsIdentity() ? "11111111-2222-4333-8444-555555555555" : null,
                Map.of());
    }

    final void store(String namespace, TokenData data) {
        assertThat(storage.replace(namespace, Map.of(), Map.of(data.resourceServer(), data)))
                .isTrue();
    }

    final boolean replace(TokenData seen, TokenData next) {
        return storage.replace(
                SESSION, Map.of(seen.resourceServer(), seen.fingerprint()), Map.of(next.resourceServer(), next));
    }

    @Test
    void an_empty_storage_holds_nothing_and_reading_makes_nothing() {
        assertThat(storage.exists()).isFalse();
        assertThat(storage.namespaces()).isEmpty();
        assertThat(storage.read(SESSION)).isEmpty();
        assertThat(storage.read(SESSION, "api")).isEmpty();
        assertThat(storage.remove(SESSION)).isFalse();
        assertThat(storage.configuration(SESSION, "c")).isEmpty();
        assertThat(storage.removeConfiguration(SESSION, "c")).isFalse();
        assertThat(storage.journal(SESSION).read()).isEmpty();
        storage.journal(SESSION).delete();
        assertThat(storage.exists()).isFalse();
    }

    @Test
    void what_is_stored_is_read_back_with_every_field() {
        TokenData data = full("api", "at-1");
        store(SESSION, data);
        for (TokenStorage each : List.of(storage, reopen(storage))) {
            assertThat(each.exists()).isTrue();
            assertThat(each.namespaces()).containsExactly(SESSION);
            assertThat(each.read(SESSION)).containsExactly(Map.entry("api", data));
            assertThat(each.read(SESSION, "api")).contains(data);
            assertThat(each.read(SESSION, "other")).isEmpty();
        }
    }

    @Test
    void fields_without_a_value_are_read_back_without_one() {
        TokenData data = new TokenData(
                "api", Secret.of("at"), null, null, Scopes.NONE, Expiry.at(Instant.ofEpochSecond(1)), null, Map.of());
        store(SESSION, data);
        assertThat(reopen(storage).read(SESSION, "api")).contains(data);
    }

    @Test
    void a_token_without_an_end_has_none_when_read_back() {
        store(SESSION, TokenData.bearer("api", Secret.of("at"), Expiry.never()));
        assertThat(reopen(storage).read(SESSION, "api"))
                .get()
                .extracting(TokenData::expiry)
                .isEqualTo(Expiry.never());
    }

    @Test
    void unknown_fields_are_read_back_and_survive_a_successor_that_lacks_them() {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        extra.put("nested", Map.of("list", Arrays.asList(1L, "two", null, true)));
        extra.put("none", null);
        TokenData first = full("api", "at-1").withExtra(extra);
        store(SESSION, first);
        assertThat(storage.read(SESSION, "api"))
                .get()
                .extracting(TokenData::extra)
                .isEqualTo(extra);
        assertThat(replace(first, full("api", "at-2").withExtra(Map.of("more", 5L))))
                .isTrue();
        extra.put("more", 5L);
        assertThat(reopen(storage).read(SESSION, "api"))
                .get()
                .extracting(TokenData::extra)
                .isEqualTo(extra);
    }

    @Test
    void what_was_seen_is_replaced() {
        store(SESSION, full("api", "at-1"));
        assertThat(replace(full("api", "at-1"), full("api", "at-2"))).isTrue();
        assertThat(reopen(storage).read(SESSION)).containsExactly(Map.entry("api", full("api", "at-2")));
    }

    @Test
    void what_was_not_seen_is_not_replaced() {
        store(SESSION, full("api", "at-1"));
        assertThat(replace(full("api", "at-0"), full("api", "at-2"))).isFalse();
        assertThat(storage.replace(SESSION, Map.of(), Map.of("api", full("api", "at-2"))))
                .isFalse();
        assertThat(storage.replace(
                        SESSION,
                        Map.of("absent", Fingerprint.of(full("absent", "x"))),
                        Map.of("absent", full("absent", "y"))))
                .isFalse();
        assertThat(reopen(storage).read(SESSION)).containsExactly(Map.entry("api", full("api", "at-1")));
    }

    @Test
    void a_record_with_the_same_tokens_counts_as_seen_whatever_its_other_fields_say() {
        store(SESSION, full("api", "at-1").withScopes(Scopes.of("else")).withExpiry(Expiry.never()));
        assertThat(replace(full("api", "at-1"), full("api", "at-2"))).isTrue();
    }

    @Test
    void a_new_refresh_token_alone_makes_another_record() {
        TokenData first = full("api", "at-1");
        TokenData second = first.withRefreshToken(Secret.of("rt-new"));
        store(SESSION, first);
        assertThat(replace(first, second)).isTrue();
        assertThat(replace(first, full("api", "at-3"))).isFalse();
        assertThat(storage.read(SESSION, "api")).contains(second);
    }

    @Test
    void several_records_are_replaced_all_or_none() {
        store(SESSION, full("a", "a-1"));
        store(SESSION, full("b", "b-1"));
        store(SESSION, full("c", "c-1"));
        Map<String, TokenData> next = Map.of("a", full("a", "a-2"), "d", full("d", "d-1"));
        Fingerprint a = full("a", "a-1").fingerprint();
        assertThat(storage.replace(
                        SESSION, Map.of("a", a, "b", full("b", "wrong").fingerprint()), next))
                .isFalse();
        assertThat(storage.read(SESSION)).containsOnlyKeys("a", "b", "c").containsEntry("a", full("a", "a-1"));
        assertThat(storage.replace(SESSION, Map.of("a", a, "b", full("b", "b-1").fingerprint()), next))
                .isTrue();
        assertThat(reopen(storage).read(SESSION))
                .isEqualTo(Map.of("a", full("a", "a-2"), "c", full("c", "c-1"), "d", full("d", "d-1")));
    }

    @Test
    void records_not_named_are_not_looked_at() {
        store(SESSION, full("a", "a-1"));
        store(SESSION, full("b", "b-1"));
        assertThat(replace(full("b", "b-1"), full("b", "b-2"))).isTrue();
        assertThat(storage.read(SESSION)).containsEntry("a", full("a", "a-1"));
    }

    @Test
    void replacing_nothing_by_nothing_succeeds() {
        assertThat(storage.replace(SESSION, Map.of(), Map.of())).isTrue();
        assertThat(storage.exists()).isFalse();
    }

    @Test
    void the_stored_order_stays_when_records_are_replaced() {
        for (String each : List.of("zebra", "ape", "mole")) {
            store(SESSION, full(each, each + "-1"));
        }
        replace(full("ape", "ape-1"), full("ape", "ape-2"));
        assertThat(new ArrayList<>(reopen(storage).read(SESSION).keySet())).containsExactly("zebra", "ape", "mole");
    }

    @Test
    void a_record_named_only_as_seen_is_removed() {
        store(SESSION, full("a", "a-1"));
        store(SESSION, full("b", "b-1"));
        assertThat(storage.replace(SESSION, Map.of("a", full("a", "a-1").fingerprint()), Map.of()))
                .isTrue();
        assertThat(reopen(storage).read(SESSION)).containsOnlyKeys("b");
    }

    @Test
    @DisplayName("36: the last record takes its namespace along, and what was removed is not there to be removed")
    void the_last_record_takes_its_namespace_along() {
        store(SESSION, full("a", "a-1"));
        assertThat(storage.replace(SESSION, Map.of("a", full("a", "a-1").fingerprint()), Map.of()))
                .isTrue();
        assertThat(reopen(storage).namespaces()).isEmpty();
        assertThat(storage.replace(SESSION, Map.of("a", full("a", "a-1").fingerprint()), Map.of()))
                .isFalse();
        assertThat(storage.remove(SESSION)).isFalse();
    }

    @Test
    void names_that_differ_in_half_a_character_are_never_one() {
        if (!holdsSeveralNamespaces()) {
            return;
        }
        store("a?", full("api", "at-a"));
        for (Runnable other : List.<Runnable>of(
                () -> store("a\ud83d", full("api", "at-b")),
                () -> store("a", full("rs\ude00", "at-c")),
                () -> storage.journal("a\ud83d").write(Map.of("k", 1L)))) {
            try {
                other.run();
            } catch (InvalidInput e) {
                assertThat(e.code()).isEqualTo("name_unusable");
            }
        }
        assertThat(reopen(storage).read("a?")).containsExactly(Map.entry("api", full("api", "at-a")));
        assertThat(reopen(storage).journal("a?").read()).isEmpty();
    }

    @Test
    void namespaces_do_not_see_one_another() {
        if (!holdsSeveralNamespaces()) {
            return;
        }
        String strange = "work profile/é中😀\u0000\"\\";
        store("a", full("api", "at-a"));
        store(strange, full("api", "at-b"));
        TokenStorage again = reopen(storage);
        assertThat(again.namespaces()).containsExactlyInAnyOrder("a", strange);
        assertThat(again.read("a", "api")).contains(full("api", "at-a"));
        assertThat(again.read(strange, "api")).contains(full("api", "at-b"));
        assertThat(again.remove("a")).isTrue();
        assertThat(again.remove("a")).isFalse();
        assertThat(storage.namespaces()).containsExactly(strange);
    }
}
