package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request in the log: written by the thread that serves it, read by any. */
final class LogEntry {

    private static final int BODY_LIMIT = 64 * 1024;

    final long seq;
    private final Instant time;
    private final String dialect;
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new TreeMap<>();
    private volatile @Nullable String kind;
    private volatile @Nullable String body;
    private volatile @Nullable Integer status;
    private volatile @Nullable FaultRule fault;
    private volatile @Nullable Integer work;
    private volatile boolean open = true;

    LogEntry(long seq, Instant time, String dialect, HttpExchange exchange) {
        this.seq = seq;
        this.time = time;
        this.dialect = dialect;
        this.method = exchange.getRequestMethod();
        this.path = Wire.path(exchange);
        this.query = exchange.getRequestURI().getRawQuery();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    }

    /** The body has arrived. A long one is kept in part, or a thousand of them would fill the memory. */
    void arrived(byte[] bytes) {
        body = new String(bytes, 0, Math.min(bytes.length, BODY_LIMIT), StandardCharsets.UTF_8);
    }

    void sorted(String requestKind) {
        kind = requestKind;
    }

    /** A fault rule applies to it. */
    void spoiled(FaultRule rule) {
        fault = rule;
    }

    /** Its work is done, with this status; what was answered may be something else. */
    void worked(int doneStatus) {
        work = doneStatus;
    }

    /** The status is decided, and for an ordinary reply the request counts as done. */
    void answered(@Nullable Integer sentStatus, boolean done) {
        status = sentStatus;
        open = !done;
    }

    /** Nothing more will be sent; without a status before, nothing was. */
    void close() {
        open = false;
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("seq", seq)
                .put("time", time.toString())
                .put("dialect", dialect)
                .put("kind", kind)
                .put("method", method)
                .put("path", path)
                .put("query", query);
        ObjectNode named = json.putObject("headers");
        headers.forEach((name, values) -> {
            ArrayNode array = named.putArray(name);
            values.forEach(array::add);
        });
        FaultRule spoiled = fault;
        if (spoiled != null) {
            json.putObject("fault").put("do", spoiled.action().wireName()).put("after", spoiled.after());
        }
        return json.put("body", body).put("work", work).put("status", status).put("open", open);
    }
}
