package io.github.evergrant.error;

/** What the caller gave cannot be used: an unknown name, a malformed address, a missing setting. Repeating the call does not help. */
public final class InvalidInput extends EvergrantException {

    public InvalidInput(Problem problem) {
        super(problem);
    }
}
