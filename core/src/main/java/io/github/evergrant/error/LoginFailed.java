package io.github.evergrant.error;

/** A login did not come to its end: denied, cancelled, timed out, or answered by somebody else. Nothing was stored. */
public final class LoginFailed extends EvergrantException {

    public LoginFailed(Problem problem) {
        super(problem);
    }
}
