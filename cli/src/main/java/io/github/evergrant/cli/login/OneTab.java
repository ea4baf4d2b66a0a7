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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final Wanted wanted;
    private final String key;
    private final SharedFailures failures;
    private final SharedAddress address;
    private final Instant began;

    /** @param began before anybody looked whether the login is needed: whatever was kept since is what we need */
    OneTab(Invocation it, Wanted wanted, Instant began) {
        this.it = it;
        this.wanted = wanted;
        this.key = wanted.key(it.store());
        this.failures = new SharedFailures(folder(), key);
        this.address = new SharedAddress(folder(), key);
        this.began = began;
    }

    /**
     * Logs in, or waits for the one who does.
     *
     * @param lead logs in, and says which address it shows
     * @return what was kept, whoever logged in
     */
    Kept run(Function<Consumer<URI>, Kept> lead) {
        LockFile lock = new LockFile(this::lockFile, made -> {});
        long end = System.nanoTime() + it.patience(BrowserTalk.PATIENCE).toNanos();
        SharedAddress.Open shown = null;
        for (boolean told = false; ; told = true) {
            try (Turn turn = Turn.of(lock, key)) {
                Optional<Kept> saved = saved();
                if (saved.isPresent()) {
                    return saved.get();
                }
                failures.between(began, it.now()).ifPresent(failure -> {
                    throw failure;
                });
                if (turn.isOurs()) {
                    return lead(lead);
                }
            }
            if (!told) {
                it.voice().say("Another process is signing in to " + title() + "; waiting for it ...");
            }
            shown = show(shown);
            await(end);
        }
    }

    /** Whose terminal it is on that the leader shows its address, nobody knows: who waits shows it too, once. */
    private SharedAddress.@Nullable Open show(SharedAddress.@Nullable Open shown) {
        SharedAddress.Open open = address.get().orElse(null);
        if (open == null || open.equals(shown)) {
            return shown;
        }
        AddressLine.show(
                it,
                "Process " + open.process() + " waits until you have signed in to " + title()
                        + " at this address, and we for it; to sign in here instead, run: kill " + open.process(),
                open.address());
        return open;
    }

    private Kept lead(Function<Consumer<URI>, Kept> lead) {
        failures.forget();
        try {
            return lead.apply(address::put);
        } catch (EvergrantException e) {
            failures.note(e, it.now());
            throw e;
        } finally {
            address.remove();
        }
    }

    private String title() {
        return wanted.request().provider().title();
    }

    /** What was saved since we began, if it is what we would have saved. */
    private Optional<Kept> saved() {
        try {
            Session found = it.look(wanted.session());
            return found.facts()
                    .filter(this::isWanted)
                    .map(facts -> new Kept(found, wanted.request().provider(), List.of()));
        } catch (LoginRequired | StorageFailure e) {
            return Optional.empty();
        }
    }

    private boolean isWanted(SessionFacts facts) {
        LoginRequest request = wanted.request();
        String expectedUser = wanted.expectedUser();
        return facts.loggedInAt().isAfter(began)
                && !facts.loggedInAt().isAfter(it.now())
                && facts.provider().equals(request.provider().id())
                && facts.environment().equals(request.provider().environment())
                && Objects.equals(facts.base(), request.provider().base())
                && (request.asksForClient()
                        || facts.client().id().equals(request.client().id()))
                && facts.scopes().containsAll(request.scopes())
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
