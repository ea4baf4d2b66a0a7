package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Directories;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.lease.LockFile;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One browser tab for all processes of a person that need the same login at once.
 *
 * <p>One of them leads, by a lock that ends with its process. The others wait until the session is there, or the leader has
 * failed, and share that; when the leader dies, the next one leads. Logins differ when they would keep something else:
 * another session, store, provider, client, scope or expected user.
 */
final class OneTab {

    private static final Duration TURN = Duration.ofMillis(100);

    private final Invocation it;
    private final String session;
    private final LoginRequest request;
    private final @Nullable String expectedUser;
    private final String key;
    private final SharedFailures failures;
    private final Instant began;

    OneTab(Invocation it, String session, LoginRequest request, @Nullable String expectedUser, boolean replace) {
        this.it = it;
        this.session = session;
        this.request = request;
        this.expectedUser = expectedUser;
        this.key = String.join(
                "\n",
                it.store(),
                session,
                request.provider().id(),
                request.provider().environment(),
                String.valueOf(request.provider().base()),
                request.client().id(),
                request.scopes().text(),
                String.valueOf(expectedUser),
                String.valueOf(replace));
        this.failures = new SharedFailures(folder(), key);
        this.began = it.now();
    }

    /**
     * Logs in, or waits for the one who does.
     *
     * @param lead logs in
     * @return what was kept, whoever logged in
     */
    Kept run(Supplier<Kept> lead) {
        LockFile lock = new LockFile(this::lockFile, made -> {});
        long end = System.nanoTime() + it.patience(BrowserTalk.PATIENCE).toNanos();
        for (boolean told = false; ; told = true) {
            try (Turn turn = Turn.of(lock, key)) {
                Optional<Kept> saved = saved();
                if (saved.isPresent()) {
                    return saved.get();
                }
                failures.since(began).ifPresent(failure -> {
                    throw failure;
                });
                if (turn.isOurs()) {
                    return lead(lead);
                }
            }
            if (!told) {
                it.voice()
                        .say("Another process is signing in to "
                                + request.provider().title() + " in the browser; waiting for it ...");
            }
            await(end);
        }
    }

    private Kept lead(Supplier<Kept> lead) {
        try {
            Kept done = lead.get();
            failures.forget();
            return done;
        } catch (EvergrantException e) {
            failures.note(e, it.now());
            throw e;
        }
    }

    /** What was saved since we began, if it is what we would have saved. */
    private Optional<Kept> saved() {
        try {
            Session found = it.look(session);
            return found.facts().filter(this::isWanted).map(facts -> new Kept(found, request.provider(), List.of()));
        } catch (LoginRequired | StorageFailure e) {
            return Optional.empty();
        }
    }

    private boolean isWanted(SessionFacts facts) {
        return facts.loggedInAt().isAfter(began)
                && facts.provider().equals(request.provider().id())
                && facts.environment().equals(request.provider().environment())
                && Objects.equals(facts.base(), request.provider().base())
                && facts.client().id().equals(request.client().id())
                && facts.scopes().values().containsAll(request.scopes().values())
                && (expectedUser == null || Identified.isThey(expectedUser, facts.account()));
    }

    private void await(long end) {
        if (System.nanoTime() - end > 0) {
            throw new LoginFailed(Problem.of(
                    "login_timed_out",
                    "the login that another process has begun did not end in time; nothing was saved"));
        }
        Pause.nanos(TURN.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new TemporarilyUnavailable(Problem.of("interrupted", "the login was interrupted"), null);
        }
    }

    private Path folder() {
        return it.directories().state().resolve("logins");
    }

    private Path lockFile() {
        Directories.make(folder());
        try {
            return folder().toRealPath().resolve("lock");
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("folder_unwritable", "the folder " + folder() + " cannot be read")
                    .withCause(e));
        }
    }

    /**
     * Whether it is our turn to log in.
     *
     * @param lease held while it is; null also where no lock can be had, which costs a tab and no login
     */
    private record Turn(boolean isOurs, @Nullable Lease lease) implements AutoCloseable {

        static Turn of(LockFile lock, String key) {
            try {
                Optional<Lease> lease = lock.tryTake(key);
                return new Turn(lease.isPresent(), lease.orElse(null));
            } catch (StorageFailure e) {
                return new Turn(true, null);
            }
        }

        @Override
        public void close() {
            if (lease != null) {
                lease.close();
            }
        }
    }
}
