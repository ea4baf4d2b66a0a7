package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.EvergrantException;
import java.util.List;
import java.util.Optional;

/**
 * What tastytrade said when it refused.
 *
 * <p>Never thrown by itself: it is the cause of the {@link EvergrantException} that says what a caller can do, and
 * {@link #of} finds it there. Its message is the Python library's: a line {@code code: message} for each error. Immutable.
 */
public final class TastytradeError extends Exception {

    private final int status;
    private final String code;
    private final transient List<String> lines;
    private final String request;

    TastytradeError(ErrorEnvelope envelope, String text, String request) {
        super(text, null, false, false);
        this.status = envelope.status();
        this.code = envelope.code();
        this.lines = envelope.lines().stream().map(ErrorEnvelope.Line::text).toList();
        this.request = request;
    }

    /** What was said behind a failure; nothing when nobody refused. */
    public static Optional<TastytradeError> of(EvergrantException failure) {
        return failure.getCause() instanceof TastytradeError error ? Optional.of(error) : Optional.empty();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The outer code, which says what kind of error it is: {@code validation_error}. Possibly empty. */
    public String code() {
        return code;
    }

    /** Each error as {@code code: message} or {@code domain: reason}, cleaned, without the secrets that were sent. */
    public List<String> lines() {
        return lines;
    }

    /** Method and address of the request, without a query. */
    public String request() {
        return request;
    }
}
