package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import io.github.evergrant.sandbox.token.Change;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One request to a dialect on its way through faults and work. The counters and the log are brought up to date before
 * the answer is sent: a client that has its answer sees them right. Used by one thread.
 */
final class Visit {

    private static final System.Logger LOG = System.getLogger(Visit.class.getName());

    private final HttpExchange exchange;
    private final LogEntry entry;
    private final Tally tally;
    private final Call call;
    private boolean left;

    Visit(HttpExchange exchange, LogEntry entry, Tally tally, Call call) {
        this.exchange = exchange;
        this.entry = entry;
        this.tally = tally;
        this.call = call;
    }

    void serve(Request request, @Nullable FaultRule fault, Pause pause) throws IOException {
        if (fault == null) {
            send(work(request));
            return;
        }
        Change change = fault.action().change;
        if (change != null) {
            pause.of(fault.time());
            send(work(request.with(change)));
            return;
        }
        Reply done = fault.after() ? work(request) : null;
        if (fault.action() != FaultAction.SLOW_DRIP) {
            pause.of(fault.time());
        }
        if (fault.action() == FaultAction.DELAY) {
            send(done == null ? work(request) : done);
            return;
        }
        leave();
        entry.answered(Spoiler.status(fault, done), !Spoiler.isLasting(fault));
        new Spoiler(pause).spoil(exchange, fault, done);
    }

    /** The request no longer counts as being in progress. */
    void leave() {
        if (!left) {
            left = true;
            tally.answered(call);
        }
    }

    private Reply work(Request request) {
        Reply reply = safely(call.work(), request);
        entry.worked(reply.status());
        if (reply.status() >= 400) {
            tally.refused(call);
        }
        return reply;
    }

    private void send(Reply reply) throws IOException {
        leave();
        entry.answered(reply.status(), true);
        Wire.send(exchange, reply);
    }

    static Reply safely(Call.Work work, Request request) {
        try {
            return work.run(request);
        } catch (Refusal e) {
            return e.reply();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a request could not be answered", e);
            return Reply.error(500, "server_error", "the sandbox has a defect: " + e);
        }
    }
}
