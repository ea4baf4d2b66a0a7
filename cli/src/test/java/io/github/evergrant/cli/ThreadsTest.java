package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session, a thousand threads of one program that uses the library, a real provider over a real socket. */
final class ThreadsTest {

    private static final int MANY = 1000;

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    @Test
    void a_thousand_threads_on_one_spent_token_renew_once() throws Exception {
        Shell shell = logIn(play.grantEnding(1));
        Awaitility.await().until(() -> shell.run("status", "-s", "tour").out().contains("spent"));
        try (Evergrant door = Evergrant.open("json:" + shell.store())) {
            Session session = door.session("tour");
            Set<String> tokens = everybody(() -> session.token().value().reveal());
            assertThat(tokens).hasSize(1);
        }
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.stat("reuses")).isZero();
        assertThat(play.stat("max_concurrent_refreshes")).isEqualTo(1);
    }

    @Test
    void a_thousand_threads_refused_with_one_token_renew_once() throws Exception {
        Shell shell = logIn(play.grantGroups());
        try (Evergrant door = Evergrant.open("json:" + shell.store())) {
            Session session = door.session("tour");
            Secret refused = session.token().value();
            Authorizer authorizer = session.authorizer();
            Set<String> tokens = everybody(() -> {
                assertThat(authorizer.renewAfterRefusal("Bearer " + refused.reveal()))
                        .isTrue();
                return String.valueOf(authorizer.header());
            });
            assertThat(tokens).hasSize(1).doesNotContain("Bearer " + refused.reveal());
            // Each session object of its own, as the threads of different libraries in one program have.
            Set<String> again = everybody(() -> door.session("tour")
                    .obtain(Play.GROUPS, Demand.insteadOf(refused))
                    .data()
                    .accessToken()
                    .reveal());
            assertThat(again).hasSize(1);
        }
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    private Shell logIn(String reply) {
        Shell shell = play.shell(home);
        shell.logIn("tour", reply);
        return shell;
    }

    private static Set<String> everybody(Callable<String> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(MANY);
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        Set<String> results = ConcurrentHashMap.newKeySet();
        List<Future<Boolean>> all = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return results.add(work.call());
                }));
            }
            for (Future<Boolean> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return results;
    }
}
