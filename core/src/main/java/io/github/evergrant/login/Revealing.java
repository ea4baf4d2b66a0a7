package io.github.evergrant.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.loopback.Page;
import io.github.evergrant.token.Secret;
import java.util.Optional;

/** Keeps as another does, and shows the refresh token on the page. */
record Revealing(Keeper keeper) implements Keeper {

    @Override
    public String keep(LoginResult login) {
        return keeper.keep(login);
    }

    @Override
    public String next(EvergrantException failure) {
        return keeper.next(failure);
    }

    @Override
    public Optional<Page.Revealed> reveal(LoginResult login) {
        Secret token = login.response().first().refreshToken();
        return token == null
                ? Optional.empty()
                : Optional.of(new Page.Revealed(
                        "Show the refresh token",
                        "Whoever has it can use your account. Keep it as you keep a password.",
                        token));
    }
}
