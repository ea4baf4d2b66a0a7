package io.github.evergrant.providers.globus.service;

import io.github.evergrant.error.EvergrantException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service said when it refused.
 *
 * <p>Never thrown by itself: it is the cause of the {@link EvergrantException} that says what a caller can do, and
 * {@link #of} finds it there. Code, messages and request id are cleaned: fit for a terminal, without the token that was
 * sent. {@link #document} and {@link #errors} are as the service sent them, and not for logs. Immutable.
 */
public final class ApiError extends Exception {

    private final int status;
    private final transient @Nullable String code;
    private final transient List<String> messages;
    private final transient @Nullable String requestId;
    private final transient List<Document> errors;
    private final transient Document document;

    ApiError(
            int status,
            @Nullable String code,
            List<String> messages,
            @Nullable String requestId,
            List<Document> errors,
            Document document) {
        super("status " + status, null, false, false);
        this.status = status;
        this.code = code;
        this.messages = List.copyOf(messages);
        this.requestId = requestId;
        this.errors = List.copyOf(errors);
        this.document = document;
    }

    /** The service's words behind a failure of one of these clients; nothing when no service refused. */
    public static Optional<ApiError> of(EvergrantException failure) {
        return failure.getCause() instanceof ApiError error ? Optional.of(error) : Optional.empty();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The service's own code, {@code EndpointNotFound} and the like; nothing when there is none, or not only one. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** What it said to a person, one entry for each error; possibly empty. */
    public List<String> messages() {
        return messages;
    }

    /** All it said to a person, in one line; nothing when it said nothing. */
    public Optional<String> message() {
        return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
    }

    /** By which the service's people find this request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** The errors one by one: those that the answer lists, else the answer itself; empty when it was no JSON object. */
    public List<Document> errors() {
        return errors;
    }

    /** The whole answer; {@link Document#NOTHING} when it was no JSON. */
    public Document document() {
        return document;
    }
}
