package io.github.evergrant.http;

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
}
