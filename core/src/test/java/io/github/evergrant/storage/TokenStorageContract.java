package io.github.evergrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.lease.Lease;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TokenStorage} does.
 *
 * <p>A test of a storage extends this and says how to make an empty one, and how to open what it made once more.
 */
public abstract class TokenStorageContract {

    /** Where single namespaces are stored; what format 1.0 has. */
    protected static final String SESSION = "DEFAULT";

    private final TokenStorage storage = create();

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

    private void store(String namespace, TokenData data) {
        assertThat(storage.replace(namespace, Map.of(), Map.of(data.resourceServer(), data)))
                .isTrue();
    }

    private boolean replace(TokenData seen, TokenData next) {
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
    void the_last_record_takes_its_namespace_along() {
        store(SESSION, full("a", "a-1"));
        assertThat(storage.replace(SESSION, Map.of("a", full("a", "a-1").fingerprint()), Map.of()))
                .isTrue();
        assertThat(reopen(storage).namespaces()).isEmpty();
        assertThat(storage.remove(SESSION)).isFalse();
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

    @Test
    void configuration_is_kept_by_name_and_apart_from_tokens() {
        Map<String, @Nullable Object> value =
                Map.of("url", "https://é", "list", List.of(1L, false), "deep", Map.of("n", 2L));
        storage.storeConfiguration(SESSION, "one", value);
        storage.storeConfiguration(SESSION, "two", Map.of());
        TokenStorage again = reopen(storage);
        assertThat(again.configuration(SESSION, "one")).contains(value);
        assertThat(again.configuration(SESSION, "two")).contains(Map.of());
        assertThat(again.configuration("other", "one")).isEmpty();
        assertThat(again.namespaces()).isEmpty();
        again.storeConfiguration(SESSION, "one", Map.of("new", 1L));
        assertThat(storage.configuration(SESSION, "one")).contains(Map.of("new", 1L));
        assertThat(storage.removeConfiguration(SESSION, "one")).isTrue();
        assertThat(storage.removeConfiguration(SESSION, "one")).isFalse();
        assertThat(again.configuration(SESSION, "one")).isEmpty();
        assertThat(again.configuration(SESSION, "two")).isPresent();
    }

    @Test
    void a_journal_is_replaced_as_a_whole() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("intent", Map.of("sentAt", "2026-01-01T00:00:00Z", "host", "é"));
        state.put("history", Arrays.asList("a", null, 3L, false));
        state.put("none", null);
        Journal journal = storage.journal(SESSION);
        journal.write(state);
        assertThat(journal.read()).isEqualTo(state);
        for (int i = 0; i < 5; i++) {
            storage.journal(SESSION).write(Map.of("round", (long) i));
            assertThat(reopen(storage).journal(SESSION).read()).isEqualTo(Map.of("round", (long) i));
        }
        assertThat(storage.journal("other").read()).isEmpty();
        journal.delete();
        assertThat(reopen(storage).journal(SESSION).read()).isEmpty();
        journal.write(Map.of("again", true));
        assertThat(journal.read()).isEqualTo(Map.of("again", true));
    }

    @Test
    void a_large_journal_is_kept_and_may_shrink_again() {
        Journal journal = storage.journal(SESSION);
        for (int size : new int[] {10, 70_000, 500_000, 20}) {
            Map<String, @Nullable Object> state = Map.of("text", "x".repeat(size));
            journal.write(state);
            assertThat(reopen(storage).journal(SESSION).read()).isEqualTo(state);
        }
    }

    @Test
    void removing_the_tokens_keeps_journal_and_configuration() {
        store(SESSION, full("api", "at"));
        storage.journal(SESSION).write(Map.of("tombstone", true));
        storage.storeConfiguration(SESSION, "c", Map.of("k", "v"));
        assertThat(storage.remove(SESSION)).isTrue();
        assertThat(storage.journal(SESSION).read()).containsKey("tombstone");
        assertThat(storage.configuration(SESSION, "c")).isPresent();
    }

    @Test
    void what_is_handed_out_is_not_what_is_kept() {
        storage.journal(SESSION).write(Map.of("list", List.of("kept")));
        storage.journal(SESSION).read().put("more", 1L);
        assertThat(storage.journal(SESSION).read()).containsOnlyKeys("list");
    }

    @Test
    void a_lease_excludes_others_until_it_is_closed_by_whatever_thread() throws Exception {
        TokenStorage again = reopen(storage);
        Lease lease = storage.leases().tryTake(SESSION).orElseThrow();
        assertThat(storage.leases().tryTake(SESSION)).isEmpty();
        assertThat(again.leases().tryTake(SESSION)).isEmpty();
        storage.leases().tryTake("another session").orElseThrow().close();
        Thread closer = new Thread(lease::close, "closer");
        closer.start();
        closer.join();
        Lease next = again.leases().tryTake(SESSION).orElseThrow();
        lease.close();
        assertThat(storage.leases().tryTake(SESSION)).isEmpty();
        next.close();
    }

    @Test
    void one_step_may_be_nested_and_gives_its_result() {
        String result = storage.inOneStep(SESSION, () -> {
            store(SESSION, full("api", "at"));
            storage.journal(SESSION).write(Map.of("k", 1L));
            return storage.inOneStep(SESSION, () -> "inner");
        });
        assertThat(result).isEqualTo("inner");
        assertThatThrownBy(() -> storage.inOneStep(SESSION, () -> {
                    throw new IllegalStateException("from the step");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(storage.<String>inOneStep(SESSION, () -> "free again")).isEqualTo("free again");
    }

    @Test
    void an_interrupted_thread_finishes_its_work_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        boolean stored = storage.replace(SESSION, Map.of(), Map.of("api", full("api", "at")));
        storage.journal(SESSION).write(Map.of("k", 1L));
        boolean leased = storage.leases().tryTake(SESSION).map(this::closed).orElse(false);
        int read =
                storage.read(SESSION).size() + storage.journal(SESSION).read().size();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stored && leased).isTrue();
        assertThat(read).isEqualTo(2);
    }

    private boolean closed(Lease lease) {
        lease.close();
        return true;
    }

    @Test
    void steps_of_many_threads_do_not_mix() throws Exception {
        TokenStorage again = reopen(storage);
        int threads = 8;
        int rounds = 25;
        inThreads(threads, number -> {
            TokenStorage mine = number % 2 == 0 ? storage : again;
            for (int i = 0; i < rounds; i++) {
                mine.inOneStep(SESSION, () -> {
                    long count = mine.journal(SESSION).read().get("count") instanceof Long stored ? stored : 0L;
                    mine.journal(SESSION).write(Map.of("count", count + 1));
                    return null;
                });
            }
        });
        assertThat(storage.journal(SESSION).read()).isEqualTo(Map.of("count", (long) threads * rounds));
    }

    @Test
    void of_many_replacements_of_one_record_one_wins() throws Exception {
        TokenData seen = full("api", "at-0");
        store(SESSION, seen);
        AtomicInteger won = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> torn = new ConcurrentLinkedQueue<>();
        inThreads(8, number -> {
            if (replace(seen, full("api", "at-1-" + number))) {
                won.incrementAndGet();
            }
            if (storage.read(SESSION).size() != 1) {
                torn.add(number);
            }
        });
        assertThat(won).hasValue(1);
        assertThat(torn).isEmpty();
    }

    private interface Work {
        void by(int number) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                all.add(pool.submit(() -> {
                    start.await();
                    work.by(number);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
