package io.github.evergrant.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No whole reply came: the connection failed, the deadline passed, or the reply was larger than allowed. */
public final class HttpFailure extends IOException {

    private final boolean maybeSent;

    /**
     * @param message without headers, query or body
     * @param maybeSent whether the server may have received the request
     */
    public HttpFailure(String message, boolean maybeSent, @Nullable Throwable cause) {
        super(message, cause);
        this.maybeSent = maybeSent;
    }

    /** Whether the server may have received the request, and acted on it. */
    public boolean maybeSent() {
        return maybeSent;
    }
}
