package io.github.evergrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.TokenData;
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
 * What every {@link TokenStorage} does, in one process and in several.
 *
 * <p>A test of a storage extends this and says how to make an empty one, and how to open what it made once more. Other
 * processes open it by its {@link TokenStorage#address()}, on this one's class path.
 */
public abstract class TokenStorageContract extends TokenProcessContract {

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
        assertThat(again.configurationNames(SESSION)).containsExactly("one", "two");
        assertThat(again.configurationNames("other")).isEmpty();
        assertThat(again.namespaces()).isEmpty();
        again.storeConfiguration(SESSION, "one", Map.of("new", 1L));
        assertThat(storage.configuration(SESSION, "one")).contains(Map.of("new", 1L));
        assertThat(storage.removeConfiguration(SESSION, "one")).isTrue();
        assertThat(storage.removeConfiguration(SESSION, "one")).isFalse();
        assertThat(again.configuration(SESSION, "one")).isEmpty();
        assertThat(again.configuration(SESSION, "two")).isPresent();
        assertThat(storage.configurationNames(SESSION)).containsExactly("two");
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
    void a_configuration_that_could_not_be_read_again_is_refused() {
        TokenStorage storage = create();
        Object deep = 1L;
        for (int i = 0; i < 120; i++) {
            deep = List.of(deep);
        }
        Map<String, @Nullable Object> value = Map.of("deep", deep);
        assertThatThrownBy(() -> storage.storeConfiguration(SESSION, "c", value))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("value_unusable"));
        assertThat(storage.configuration(SESSION, "c")).isEmpty();
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
    void journals_are_listed_whatever_else_is_held() {
        assertThat(storage.journals()).isEmpty();
        storage.journal(SESSION).write(Map.of("whose", SESSION));
        storage.journal("other").write(Map.of("whose", "other"));
        assertThat(reopen(storage).journals())
                .extracting(journal -> journal.read().get("whose"))
                .containsExactlyInAnyOrder(SESSION, "other");
        storage.journal("other").delete();
        assertThat(storage.journals()).hasSize(1);
    }

    @Test
    void what_is_sound_has_no_faults_and_looking_for_them_makes_nothing() {
        assertThat(storage.faults()).isEmpty();
        assertThat(storage.exists()).isFalse();
        store(SESSION, full("api", "at"));
        storage.journal(SESSION).write(Map.of("k", 1L));
        storage.storeConfiguration(SESSION, "c", Map.of("k", "v"));
        assertThat(storage.faults()).isEmpty();
        assertThat(storage.holds(SESSION)).isTrue();
        assertThat(storage.holds("other")).isFalse();
        assertThat(storage.keptAt(SESSION)).isEqualTo(new KeptAt(storage.address(), SESSION));
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
