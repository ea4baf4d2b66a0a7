package io.github.evergrant.storage.validation;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;

/** What a demand that is not met has to say. */
final class Refusals {

    private Refusals() {}

    /** Of what was to be handed out. */
    static LoginRequired read(String code, String session, String what, String advice) {
        return new LoginRequired(Problem.of(code, what).withAdvice(advice).withSession(session));
    }

    /** Of what was to be stored. */
    static LoginFailed store(String code, String session, String what, String advice) {
        return new LoginFailed(Problem.of(code, what + "; nothing was saved")
                .withAdvice(advice)
                .withSession(session));
    }
}
