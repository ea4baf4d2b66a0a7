package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what went wrong and what to run next, and gives the exit code. */
public final class ErrorReport {

    private static final String PREFIX = "evergrant: ";
    private static final int MOST_FRAMES = 40;

    private final Invocation it;
    private final NextCommand next;

    public ErrorReport(Invocation it) {
        this.it = it;
        this.next = new NextCommand(it);
    }

    /** @return the exit code */
    public int of(Throwable e) {
        if (e instanceof EvergrantException ours) {
            Instant retryAt = ours instanceof TemporarilyUnavailable later
                    ? later.retryAt().orElse(null)
                    : null;
            String session = ours.session().or(it::concerned).orElse(null);
            tell(ours, message(ours), session, next(ours, session), retryAt);
            trace(e);
            return Exits.of(ours);
        }
        if (e instanceof CliProblem ours) {
            tell(ours.code(), null, String.valueOf(ours.getMessage()), ours.session(), "", ours.run(), null);
            trace(e);
            return ours.exit();
        }
        if (e instanceof InvalidPathException) {
            return of(new InvalidInput(Problem.of("bad_path", "a path holds characters that this system cannot name")
                    .withCause(e)));
        }
        // Not its message: it may hold anything, a token in a header that the JDK refuses for one.
        tell("unforeseen", null, "unforeseen error: " + e.getClass().getName(), null, "", next.verbosely(), null);
        trace(e);
        return Exits.UNFORESEEN;
    }

    /** Finding it looks into the store, which may be what is broken. */
    private @Nullable String next(EvergrantException e, @Nullable String session) {
        try {
            return next.after(e, session);
        } catch (EvergrantException second) {
            return null;
        }
    }

    private static String message(EvergrantException e) {
        String words = String.valueOf(e.getMessage());
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    /** Where the next command says it all, words would say it twice. */
    private static String advice(EvergrantException e) {
        return e instanceof LoginRequired || e instanceof LoginFailed ? "" : e.advice();
    }

    private void tell(
            EvergrantException e,
            String message,
            @Nullable String session,
            @Nullable String run,
            @Nullable Instant retryAt) {
        // Where the sentence has it already, it would stand there twice.
        String theirs = e.providerCode().filter(word -> !message.contains(word)).orElse(null);
        tell(e.code(), theirs, message, session, advice(e), run, retryAt);
    }

    private void tell(
            String code,
            @Nullable String theirs,
            String message,
            @Nullable String session,
            String advice,
            @Nullable String run,
            @Nullable Instant retryAt) {
        if (it.json()) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            error.put("session", session);
            error.put("run", run);
            if (theirs != null) {
                error.put("provider_code", theirs);
            }
            if (retryAt != null) {
                error.put("retry_at", Times.exact(retryAt));
            }
            it.voice().error(JsonLine.of(Map.of("error", error)));
            return;
        }
        String spoken = Printable.text(Times.spoken(message, it.now()));
        if (code.equals("terminal_needed") && run != null) {
            it.voice().error(PREFIX + spoken + "; run: " + Printable.text(run));
            return;
        }
        it.voice().error(PREFIX + spoken);
        if (theirs != null) {
            it.voice().error("  the provider's code: " + Printable.text(theirs));
        }
        if (!advice.isEmpty() && !advice.equals(run)) {
            it.voice().error("  " + Printable.text(Times.spoken(advice, it.now())));
        }
        if (run != null) {
            it.voice().error("  run: " + Printable.text(run));
        }
    }

    /** Classes and places only: a message of somebody else's may hold a secret. */
    private void trace(Throwable e) {
        if (!it.verbose() || (e instanceof InvalidInput && e.getCause() == null)) {
            return;
        }
        List<Throwable> seen = new ArrayList<>();
        for (Throwable each = e; each != null && !seen.contains(each); each = each.getCause()) {
            it.voice()
                    .error((seen.isEmpty() ? "  " : "  caused by ")
                            + each.getClass().getName());
            seen.add(each);
            StackTraceElement[] frames = each.getStackTrace();
            for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
                it.voice().error("    at " + frames[i]);
            }
        }
    }
}
