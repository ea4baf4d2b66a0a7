package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;

/**
 * A way to log in, for whoever finds out later that a login is needed: it makes a finished login of a request for one, has
 * it kept, and tells the person how it ended, if there is a page on which it can.
 *
 * <p>May block until a person has answered. Used by one thread at a time.
 */
@FunctionalInterface
public interface LoginWay {

    /**
     * Logs in, once.
     *
     * @param keeper decides what becomes of the login; called once, on this thread, before anybody is told of success
     * @return the login as the provider granted it
     * @throws io.github.evergrant.error.LoginFailed when it did not come to its end
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     * @throws io.github.evergrant.error.EvergrantException what the keeper threw
     */
    LoginResult login(LoginRequest request, Wire wire, Keeper keeper);

    /**
     * Whether this way can ever work with that client; asked before anybody is bothered.
     *
     * @throws io.github.evergrant.error.InvalidInput when it cannot
     */
    default void requirePossible(ProviderData provider, Client client) {}
}
