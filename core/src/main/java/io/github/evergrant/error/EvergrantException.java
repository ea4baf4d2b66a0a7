package io.github.evergrant.error;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Any failure of Evergrant; its subclasses are the things a caller can do about it.
 *
 * <p>The message never contains a secret, a request body or a reply body. Immutable.
 */
public abstract sealed class EvergrantException extends RuntimeException
        permits InvalidInput, LoginFailed, LoginRequired, ProviderRefused, StorageFailure, TemporarilyUnavailable {

    private final transient Problem problem;

    EvergrantException(Problem problem) {
        super(problem.message(), problem.cause());
        this.problem = problem;
    }

    /** Stable across releases, in {@code snake_case}. */
    public final String code() {
        return problem.code();
    }

    /** What to do next, in words; empty when there is nothing to do. */
    public final String advice() {
        return problem.advice();
    }

    /** The session concerned, if one is. */
    public final Optional<String> session() {
        return Optional.ofNullable(problem.session());
    }

    /** The file or folder at fault, if one is. */
    public final Optional<Path> path() {
        return Optional.ofNullable(problem.path());
    }

    /** What the provider calls it, if it said so: {@code access_denied}. For whoever is asked for help. */
    public final Optional<String> providerCode() {
        return Optional.ofNullable(problem.providerCode());
    }

    /** All of the above as a value. */
    public final Problem problem() {
        return problem;
    }
}
