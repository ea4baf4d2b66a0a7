package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.login.loopback.Page;
import java.util.Optional;

/** Asks whose a login is before another keeps it. */
record Identifying(Keeper keeper, Wire wire) implements Keeper {

    @Override
    public String keep(LoginResult login) {
        return keeper.keep(TastytradeLogin.identified(login, wire));
    }

    @Override
    public String next(EvergrantException failure) {
        return keeper.next(failure);
    }

    @Override
    public Optional<Page.Revealed> reveal(LoginResult login) {
        return keeper.reveal(login);
    }
}
