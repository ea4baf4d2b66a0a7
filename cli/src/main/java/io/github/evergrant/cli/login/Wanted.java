package io.github.evergrant.cli.login;

import io.github.evergrant.login.LoginRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a login is to bring.
 *
 * @param session as which it is kept
 * @param request with whom, by which client, and for what
 * @param expectedUser whose it must be, or null
 * @param replace whether another account's or provider's session may be replaced
 */
record Wanted(
        String session, LoginRequest request, @Nullable String expectedUser, boolean replace) {

    /** Equal for logins that would keep the same in the same store. */
    String key(String store) {
        return String.join(
                "\n",
                store,
                session,
                request.provider().id(),
                request.provider().environment(),
                String.valueOf(request.provider().base()),
                request.client().id(),
                request.scopes().text(),
                String.valueOf(expectedUser),
                String.valueOf(replace));
    }
}
