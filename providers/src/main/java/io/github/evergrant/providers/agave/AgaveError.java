package io.github.evergrant.providers.agave;

import io.github.evergrant.error.EvergrantException;
import java.util.Optional;

/**
 * What a service of Agave said when it refused.
 *
 * <p>Never thrown by itself: it is the cause of the {@link EvergrantException} that says what a caller can do, and
 * {@link #of} finds it there. Immutable.
 */
public final class AgaveError extends Exception {

    private final int status;
    private final transient String words;

    AgaveError(int status, String words) {
        super("status " + status, null, false, false);
        this.status = status;
        this.words = words;
    }

    /** The service's words behind a failure; nothing when no service refused. */
    public static Optional<AgaveError> of(EvergrantException failure) {
        return failure.getCause() instanceof AgaveError error ? Optional.of(error) : Optional.empty();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * Its message, or the first 200 characters of an answer that has none: cleaned, without the secrets that were sent;
     * possibly empty.
     */
    public String words() {
        return words;
    }
}
