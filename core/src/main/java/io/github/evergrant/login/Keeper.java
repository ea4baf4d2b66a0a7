package io.github.evergrant.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.loopback.Page;
import java.util.Optional;

/** Decides what becomes of a login that a provider has granted, while the person, or their browser, waits to be told. */
@FunctionalInterface
public interface Keeper {

    /**
     * Keeps the login.
     *
     * @return what the person is told: who signed in where, and what was saved
     * @throws EvergrantException when it is not kept; then the page says so, and the login fails with that
     */
    String keep(LoginResult login);

    /** What the person can do after a failure: a command to run, or words; empty when there is nothing. */
    default String next(EvergrantException failure) {
        return failure.advice();
    }

    /** What of the login its person asked to see on the page, since they want to copy it; nothing unless they did. */
    default Optional<Page.Revealed> reveal(LoginResult login) {
        return Optional.empty();
    }

    /** The same, which lets the page show the refresh token, folded away. */
    default Keeper revealingRefreshToken() {
        return new Revealing(this);
    }
}
