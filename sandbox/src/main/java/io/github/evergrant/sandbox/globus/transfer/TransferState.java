package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.globus.transfer.TransferTask.Item;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The collections with their files, and the tasks. Safe for all threads: everything is done under its lock. */
final class TransferState {

    private static final Duration START = Duration.ofSeconds(2);
    private static final long BYTES_PER_SECOND = 1 << 20;

    private final List<SandboxCollection> collections;
    private final Randomness random;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FileTree> trees = new LinkedHashMap<>();
    private final List<TransferTask> tasks = new ArrayList<>();

    TransferState(List<SandboxCollection> collections, Randomness random, InstantSource clock) {
        this.collections = List.copyOf(collections);
        this.random = random;
        this.clock = clock;
        clear();
    }

    /** Does something with what there is now: first come the effects of tasks that have ended meanwhile. */
    <T> T look(Function<Instant, T> work) {
        lock.lock();
        try {
            Instant now = clock.instant();
            tasks.stream()
                    .filter(task -> task.isActive() && !now.isBefore(task.due))
                    .sorted(Comparator.comparing(task -> task.due))
                    .forEach(this::finish);
            return work.apply(now);
        } finally {
            lock.unlock();
        }
    }

    /** Everything is as it was at first, and there are no tasks. */
    void clear() {
        lock.lock();
        try {
            tasks.clear();
            trees.clear();
        } finally {
            lock.unlock();
        }
    }

    List<SandboxCollection> collections() {
        return collections;
    }

    FileTree tree(SandboxCollection collection) {
        return trees.computeIfAbsent(
                collection.id(), id -> new FileTree(collection.files().get()));
    }

    /** The tasks of a person, newest first. */
    List<TransferTask> tasks(Person person) {
        return tasks.stream()
                .filter(task -> task.owner.equals(person))
                .sorted(Comparator.comparing((TransferTask task) -> task.requested)
                        .reversed())
                .toList();
    }

    Optional<TransferTask> submitted(Person person, String submissionId) {
        return tasks.stream()
                .filter(task -> task.owner.equals(person) && task.submissionId.equals(submissionId))
                .findFirst();
    }

    TransferTask begin(Person owner, String submissionId, TransferTask.Order order, Instant now) {
        List<StoredFile> all = order.items().stream()
                .flatMap(item -> tree(order.source()).from(item.from()).stream())
                .filter(file -> !file.isDirectory())
                .toList();
        long bytes = all.stream().mapToLong(StoredFile::size).sum();
        Duration takes = START.plusMillis(bytes * 1000 / BYTES_PER_SECOND);
        TransferTask task = new TransferTask(random.uuid(), submissionId, owner, order, now, takes, all.size(), bytes);
        tasks.add(task);
        return task;
    }

    /** Fails at the first thing that cannot be done, where the real service goes on trying until the deadline. */
    private void finish(TransferTask task) {
        for (Item item : task.order.items()) {
            StoredFile found = tree(task.order.source()).at(item.from()).orElse(null);
            if (found == null && !task.order.document().path("ignore_missing").booleanValue(false)) {
                task.fail(task.due, "FILE_NOT_FOUND", "No such file or directory: " + item.from());
                return;
            }
            if (found != null && found.isDirectory() && !item.recursive()) {
                task.fail(task.due, "IS_A_DIRECTORY", "Is a directory, and recursive is not set: " + item.from());
                return;
            }
            apply(task, item);
        }
        task.succeed();
    }

    private void apply(TransferTask task, Item item) {
        FileTree source = tree(task.order.source());
        boolean deletes = task.order.type().equals("DELETE");
        for (StoredFile file : source.from(item.from())) {
            if (deletes) {
                source.remove(file);
            } else {
                String rest = file.path().substring(item.from().length());
                tree(task.order.target()).put(file.at(item.to() + rest, task.due));
            }
        }
    }
}
