package io.github.evergrant.error;

/** A file, database or lock could not be read, written or trusted; what it held is untouched. */
public final class StorageFailure extends EvergrantException {

    public StorageFailure(Problem problem) {
        super(problem);
    }
}
