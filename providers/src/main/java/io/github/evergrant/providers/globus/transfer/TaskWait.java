package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.providers.globus.service.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at a task again and again. For one thread. */
final class TaskWait {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final TransferClient client;
    private final Pace pace;
    private final String taskId;
    private final Duration interval;
    private final Consumer<Task> progress;

    TaskWait(TransferClient client, String taskId, Duration interval, Consumer<Task> progress) {
        this.client = client;
        this.pace = client.service().pace();
        this.taskId = taskId;
        this.interval = interval;
        this.progress = Objects.requireNonNull(progress, "progress");
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a task is not looked at more often than once a second");
        }
    }

    Task until(Duration timeout) {
        Instant end = pace.now().plus(timeout);
        while (true) {
            Look look = look();
            Task task = look.task;
            if (task != null) {
                progress.accept(task);
            }
            Duration left = Duration.between(pace.now(), end);
            if (task != null && (task.status() != Task.Status.ACTIVE || !isSome(left))) {
                return task;
            }
            if (look.trouble != null && !isSome(left)) {
                throw look.trouble;
            }
            pause(look, left);
        }
    }

    /** One of the two is there. */
    private record Look(@Nullable Task task, @Nullable TemporarilyUnavailable trouble) {}

    private Look look() {
        try {
            return new Look(client.task(taskId), null);
        } catch (TemporarilyUnavailable e) {
            if (e.code().equals("interrupted")) {
                throw e;
            }
            return new Look(null, e);
        }
    }

    private void pause(Look look, Duration left) {
        Duration wait = interval;
        Instant notBefore = look.trouble == null ? null : look.trouble.retryAt().orElse(null);
        if (notBefore != null) {
            Duration said = Duration.between(pace.now(), notBefore);
            wait = said.compareTo(wait) > 0 ? said : wait;
        }
        try {
            pace.pause(wait.compareTo(left) > 0 ? left : wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporarilyUnavailable(Problem.of("interrupted", "the wait for a task was interrupted"), null);
        }
    }

    private static boolean isSome(Duration left) {
        return !left.isNegative() && !left.isZero();
    }
}
