package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;

/**
 * What a program does when a person has to log in before it can go on.
 *
 * <p>Called by the thread that needs a token; others that need one wait for its end, and share its failure. Calls nothing
 * of the app that needs a login in its turn, except {@link GlobusApp#login}: that would fail with the reason for this call.
 */
@FunctionalInterface
public interface Remedy {

    /** Logs in at once. */
    Remedy LOG_IN = (app, why) -> app.login(true, AuthorizationParameters.NONE);

    /** Nothing: the caller is told. */
    Remedy NONE = (app, why) -> {
        throw why;
    };

    /**
     * Does something about it; when it returns, the token is looked for once more.
     *
     * @throws RuntimeException to give up; the caller gets it
     */
    void cure(GlobusApp app, LoginRequired why);
}
