package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.evergrant.sandbox.token.Person;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where every request comes in. Safe for all threads; each request keeps its thread until it is answered. Closing it
 * ends the waits of delayed requests, which are then dropped.
 */
public final class FrontDoor implements HttpHandler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FrontDoor.class.getName());

    private final Ledger ledger;
    private final Control control;
    private final Duration latency;
    private final Pause pause = new Pause();

    /**
     * A front door to these dialects.
     *
     * @param dialects who answers what
     * @param people who can be named in calls under {@code /_sandbox/}; the first is the default
     * @param latency how long each request to a dialect waits before its work
     * @param clock the time in the log
     */
    public FrontDoor(List<Dialect> dialects, List<Person> people, Duration latency, InstantSource clock) {
        this.ledger = new Ledger(dialects, clock);
        this.control = new Control(ledger, people);
        this.latency = latency;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            serve(exchange);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a reply could not be sent", e);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        pause.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = Wire.path(exchange);
        Optional<Reply> refusal = Gate.refusal(exchange);
        if (refusal.isPresent()) {
            Wire.send(exchange, refusal.get());
            return;
        }
        String[] segments = path.split("/", 3);
        Dialect dialect = segments.length > 1 ? ledger.dialects.get(segments[1]) : null;
        if (dialect != null) {
            serve(exchange, dialect);
            return;
        }
        Optional<byte[]> body = Wire.body(exchange);
        if (body.isEmpty()) {
            Wire.send(exchange, tooLarge());
        } else if (path.startsWith(Control.PREFIX)) {
            Wire.send(exchange, Visit.safely(control::answer, new Request(exchange, body.get())));
        } else {
            Wire.send(exchange, Reply.error(404, "not_found", "there is nothing here"));
        }
    }

    private void serve(HttpExchange exchange, Dialect dialect) throws IOException {
        LogEntry entry = ledger.log.open(dialect.name(), exchange);
        try {
            Optional<byte[]> body = Wire.body(exchange);
            if (body.isEmpty()) {
                entry.answered(413, true);
                Wire.send(exchange, tooLarge());
                return;
            }
            entry.arrived(body.get());
            Request request = new Request(exchange, body.get());
            Call call = sort(dialect, request);
            entry.sorted(call.kind());
            FaultRule fault = ledger.faults.take(dialect.name(), call.kind());
            if (fault != null) {
                entry.spoiled(fault);
            }
            Tally tally = ledger.tally(dialect);
            tally.arrived(call);
            Visit visit = new Visit(exchange, entry, tally, call);
            try {
                pause.of(latency);
                visit.serve(request, fault, pause);
            } finally {
                visit.leave();
            }
        } finally {
            entry.close();
        }
    }

    /** A dialect that fails to say what a request is has failed to answer it, and no more than that. */
    private static Call sort(Dialect dialect, Request request) {
        try {
            return dialect.call(request);
        } catch (RuntimeException e) {
            return new Call(RequestKind.UNKNOWN, any -> {
                throw e;
            });
        }
    }

    private static Reply tooLarge() {
        return Reply.error(413, "invalid_request", "the body is longer than 1 MiB")
                .with("Connection", "close");
    }
}
