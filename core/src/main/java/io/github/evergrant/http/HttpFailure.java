package io.github.evergrant.http;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** No whole reply came: the connection failed, the deadline passed, or the reply was larger than allowed. */
public final class HttpFailure extends IOException {

    /** What happened, by what it means to ask again. */
    public enum Kind {
        /** No connection, or one that broke: another try may find another way. */
        BROKEN,
        /** The deadline passed. */
        TIMED_OUT,
        /** The reply was larger than allowed, and will be again. */
        TOO_LARGE,
        /** The thread was interrupted, and still is: somebody wants it to end. */
        INTERRUPTED
    }

    private static final String LATER = "try again when the network works";

    private final Kind kind;
    private final boolean maybeSent;

    /**
     * A connection that could not be made, or broke.
     *
     * @param message without headers, query or body
     * @param maybeSent whether the server may have received the request
     */
    public HttpFailure(String message, boolean maybeSent, @Nullable Throwable cause) {
        this(Kind.BROKEN, message, maybeSent, cause);
    }

    /**
     * @param message without headers, query or body
     * @param maybeSent whether the server may have received the request
     */
    public HttpFailure(Kind kind, String message, boolean maybeSent, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.maybeSent = maybeSent;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the server may have received the request, and acted on it. */
    public boolean maybeSent() {
        return maybeSent;
    }

    /**
     * What it comes to for whoever called.
     *
     * @param who did not answer, for people
     */
    public TemporarilyUnavailable unanswered(String who) {
        return unanswered(who, LATER);
    }

    /**
     * The same for a request that is not to be sent again without looking.
     *
     * @param who did not answer, for people
     * @param inDoubt what to do when the server may have acted on it
     */
    public TemporarilyUnavailable unanswered(String who, String inDoubt) {
        return new TemporarilyUnavailable(
                Problem.of("network", who + " did not answer: " + getMessage())
                        .withAdvice(maybeSent ? inDoubt : LATER)
                        .withCause(this),
                null);
    }
}
