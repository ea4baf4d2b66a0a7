package io.github.evergrant.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.file.StoreProgram;
import io.github.evergrant.testing.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStorageContract} that concerns several processes on one storage. */
abstract class TokenProcessContract extends TokenNamesContract {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    /** Whether another process that opens the address meets this storage. */
    protected boolean isSharedByProcesses() {
        return true;
    }

    /** Starts another process that uses the storage at an address. */
    protected ForkedJvm program(String address) {
        return ForkedJvm.start(StoreProgram.class, address);
    }

    private List<ForkedJvm> programs(int count) {
        List<ForkedJvm> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(program(storage.address()));
        }
        return all;
    }

    @Test
    void a_lease_excludes_other_processes_until_it_is_closed() {
        if (!isSharedByProcesses()) {
            return;
        }
        Lease mine = storage.leases().tryTake("s").orElseThrow();
        try (ForkedJvm other = program(storage.address())) {
            assertThat(other.ask("take s")).isEqualTo("refused");
            assertThat(other.ask("take another")).isEqualTo("taken");
            assertThat(storage.leases().tryTake("another")).isEmpty();
            mine.close();
            assertThat(other.ask("take s")).isEqualTo("taken");
            assertThat(storage.leases().tryTake("s")).isEmpty();
            other.ask("free s");
            storage.leases().tryTake("s").orElseThrow().close();
        }
    }

    @Test
    void a_killed_process_holds_nothing() {
        if (!isSharedByProcesses()) {
            return;
        }
        try (ForkedJvm other = program(storage.address())) {
            assertThat(other.ask("take s")).isEqualTo("taken");
            assertThat(other.ask("step s")).isEqualTo("inside");
            assertThat(storage.leases().tryTake("s")).isEmpty();
            other.kill();
            storage.leases().tryTake("s").orElseThrow().close();
            assertThat(storage.<String>inOneStep("s", () -> "free")).isEqualTo("free");
        }
    }

    @Test
    void a_step_of_one_process_keeps_out_saves_of_another() {
        if (!isSharedByProcesses()) {
            return;
        }
        try (ForkedJvm other = program(storage.address())) {
            // It has the storage open by now, so that it goes to work at once.
            assertThat(other.ask("take s")).isEqualTo("taken");
            AtomicBoolean moved = new AtomicBoolean();
            storage.inOneStep(SESSION, () -> {
                other.say("replace " + SESSION + " theirs");
                for (int i = 0; i < 20; i++) {
                    moved.compareAndSet(false, !storage.read(SESSION).isEmpty());
                }
                store(SESSION, full("ours", "at"));
                return null;
            });
            assertThat(moved).isFalse();
            assertThat(other.hear()).isEqualTo("true");
            assertThat(storage.read(SESSION).keySet()).containsExactly("ours", "theirs");
        }
    }

    @Test
    void no_entry_of_several_processes_is_lost_and_no_reader_sees_fewer_than_before() {
        if (!isSharedByProcesses()) {
            return;
        }
        int count = FULL ? 50 : 10;
        List<ForkedJvm> all = programs(FULL ? 8 : 4);
        try {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).say("store " + SESSION + " process-" + i + " " + count);
            }
            int least = 0;
            for (ForkedJvm each : all) {
                for (int i = 0; i < count; i++) {
                    assertThat(each.hear()).isEqualTo("stored " + i);
                    int read = storage.read(SESSION).size();
                    assertThat(read).isGreaterThanOrEqualTo(least);
                    least = read;
                }
                assertThat(each.hear()).isEqualTo("done");
            }
        } finally {
            all.forEach(ForkedJvm::close);
        }
        assertThat(storage.read(SESSION)).hasSize(count * all.size());
    }

    @Test
    void of_several_processes_that_replace_one_record_one_wins() {
        if (!isSharedByProcesses()) {
            return;
        }
        List<ForkedJvm> all = programs(3);
        try {
            all.forEach(each -> each.say("replace " + SESSION + " api"));
            assertThat(all.stream().map(ForkedJvm::hear)).containsExactlyInAnyOrder("true", "false", "false");
        } finally {
            all.forEach(ForkedJvm::close);
        }
    }

    @Test
    void steps_of_several_processes_do_not_mix() {
        if (!isSharedByProcesses()) {
            return;
        }
        int count = FULL ? 200 : 20;
        List<ForkedJvm> all = programs(3);
        try {
            all.forEach(each -> each.say("count " + SESSION + " " + count));
            all.forEach(each -> assertThat(each.hear()).isEqualTo("counted"));
        } finally {
            all.forEach(ForkedJvm::close);
        }
        assertThat(storage.journal(SESSION).read()).isEqualTo(Map.of("count", (long) count * all.size()));
    }

    @Test
    void whenever_a_process_is_killed_the_storage_is_whole_and_holds_what_was_said_to_be_stored() {
        if (!isSharedByProcesses()) {
            return;
        }
        for (int round = 0; round < (FULL ? 20 : 2); round++) {
            int stored = 0;
            try (ForkedJvm other = program(storage.address())) {
                other.say("store " + SESSION + " round-" + round + " 1000");
                while (stored < 5 + 7 * round) {
                    assertThat(other.hear()).isEqualTo("stored " + stored);
                    stored++;
                }
            }
            assertThat(storage.read(SESSION)).containsKey("round-" + round + "-" + (stored - 1));
            store(SESSION, full("after-" + round, "at"));
        }
    }
}
