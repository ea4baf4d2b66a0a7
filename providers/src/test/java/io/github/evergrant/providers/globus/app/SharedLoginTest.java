package io.github.evergrant.providers.globus.app;

import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER;
import static io.github.evergrant.providers.globus.PlayedGlobus.TRANSFER_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import io.github.evergrant.token.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Threads of one program that need a login at the same time: one person is asked once. */
final class SharedLoginTest extends AppCase {

    @Test
    void of_many_threads_that_need_a_login_one_makes_it() throws Exception {
        GlobusApp app = stage.app(AppStage.GROUPS);
        Set<String> headers = ConcurrentHashMap.newKeySet();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                all.add(threads.submit(() -> {
                    go.await();
                    return headers.add(AppStage.header(app.authorizer(GROUPS)));
                }));
            }
            go.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stage.shown).hasSize(1);
        assertThat(headers).hasSize(1);
    }

    @Test
    void who_waits_for_a_login_that_fails_shares_the_failure_and_is_not_asked_again() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch denied = new CountDownLatch(1);
        LoginWay way = PasteLogin.asking(null, address -> {
            stage.shown.add(address);
            asked.countDown();
            await(denied);
            return null;
        });
        GlobusApp app =
                GlobusApp.ofPerson(stage.door(), "app", stage.globus.data, AppStage.PUBLIC, way, AppStage.GROUPS);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> app.authorizer(GROUPS).header());
            await(asked);
            Thread[] waiting = new Thread[1];
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> second = threads.submit(() -> {
                waiting[0] = Thread.currentThread();
                begun.countDown();
                return app.authorizer(GROUPS).header();
            });
            await(begun);
            Awaitility.await().until(() -> waiting[0].getState() == Thread.State.WAITING);
            denied.countDown();
            for (Future<?> each : List.of(first, second)) {
                assertThatThrownBy(each::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                LoginFailed.class, e -> assertThat(e.code()).isEqualTo("login_cancelled"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stage.shown).hasSize(1);
    }

    @Test
    @DisplayName("77: eight threads that need a consent which the person leaves out ask once, and are all told")
    void unticked() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        AtomicBoolean first = new AtomicBoolean(true);
        LoginWay unticking = (request, wire, keeper) -> {
            if (first.getAndSet(false)) {
                awaitWaiting(threads, 7);
            }
            return stage.person()
                    .login(
                            new LoginRequest(
                                    request.provider(),
                                    request.client(),
                                    Scopes.of("openid", TRANSFER_ALL),
                                    request.pkce(),
                                    request.parameters()),
                            wire,
                            keeper);
        };
        GlobusApp app = GlobusApp.ofPerson(
                stage.door(),
                "app",
                globus.data,
                AppStage.PUBLIC,
                unticking,
                AppSettings.defaults()
                        .requiring(
                                TRANSFER,
                                List.of(GlobusScopes.parse(
                                                TRANSFER_ALL
                                                        + "[https://auth.globus.org/scopes/6c54cade-bde5-45c1-bdea-f4bd71dba2cc/data_access]")
                                        .get(0))));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(pool.submit(() -> {
                    threads.add(Thread.currentThread());
                    return app.authorizer(TRANSFER).header();
                }));
            }
            for (Future<?> each : all) {
                assertThatThrownBy(each::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unmet_consents"));
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(stage.shown).hasSize(1);
        assertThatThrownBy(() -> app.authorizer(TRANSFER).header()).isInstanceOf(LoginRequired.class);
        assertThat(stage.shown).as("who comes later is asked anew").hasSize(2);
    }

    /** All but the one that asks the person wait for it. */
    private static void awaitWaiting(List<Thread> threads, int number) {
        Awaitility.await()
                .until(() -> threads.stream()
                                .filter(thread -> thread.getState() == Thread.State.WAITING)
                                .count()
                        == number);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
