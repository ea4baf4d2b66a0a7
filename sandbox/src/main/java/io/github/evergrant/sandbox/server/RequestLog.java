package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The last thousand requests. Safe for all threads. */
final class RequestLog {

    private static final int KEPT = 1000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private long last;

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    LogEntry open(String dialect, HttpExchange exchange) {
        lock.lock();
        try {
            LogEntry entry = new LogEntry(++last, clock.instant(), dialect, exchange);
            entries.addLast(entry);
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the entries; numbers go on, so that a reader's {@code since} stays meaningful. */
    void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    ObjectNode json(long since) {
        List<LogEntry> wanted;
        ObjectNode json = Json.object();
        lock.lock();
        try {
            json.put("last", last);
            wanted = new ArrayList<>(entries);
        } finally {
            lock.unlock();
        }
        ArrayNode array = json.putArray("requests");
        wanted.stream().filter(entry -> entry.seq > since).forEach(entry -> array.add(entry.json()));
        return json;
    }
}
