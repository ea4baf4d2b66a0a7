package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;

/**
 * A way to log in, for whoever finds out later that a login is needed: it makes a finished login of a request for one.
 *
 * <p>May block until a person has answered. Used by one thread at a time.
 */
@FunctionalInterface
public interface LoginWay {

    /**
     * Logs in, once.
     *
     * @throws io.github.evergrant.error.LoginFailed when it did not come to its end
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    LoginResult login(LoginRequest request, Wire wire);

    /**
     * Whether this way can ever work with that client; asked before anybody is bothered.
     *
     * @throws io.github.evergrant.error.InvalidInput when it cannot
     */
    default void requirePossible(ProviderData provider, Client client) {}
}
