package io.github.evergrant.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider, or the way to it, does not work at the moment; the session is intact and a later call may succeed. */
public final class TemporarilyUnavailable extends EvergrantException {

    private final transient @Nullable Instant retryAt;

    public TemporarilyUnavailable(Problem problem, @Nullable Instant retryAt) {
        super(problem);
        this.retryAt = retryAt;
    }

    /** When a next try makes sense, if that is known. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
