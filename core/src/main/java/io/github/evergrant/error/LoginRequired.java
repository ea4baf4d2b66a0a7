package io.github.evergrant.error;

/** There is no session to go on with: a human, or a program with credentials, must log in. */
public final class LoginRequired extends EvergrantException {

    public LoginRequired(Problem problem) {
        super(problem);
    }
}
