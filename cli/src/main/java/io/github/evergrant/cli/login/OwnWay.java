package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import java.util.Optional;

/** How people log in with a provider that has a way of its own. */
interface OwnWay {

    /** @return whether it was done; else it goes on as with any provider */
    boolean logIn(Invocation it, LoginOptions options);

    /** That of a provider; nothing when it has none. */
    static Optional<OwnWay> of(Provider provider) {
        if (provider instanceof AgaveProvider agave) {
            return Optional.of(new AgaveWay(agave));
        }
        if (provider instanceof SpatiaFiProvider spatiafi) {
            return Optional.of(new SpatiaFiWay(spatiafi));
        }
        if (provider instanceof TastytradeProvider tastytrade) {
            return Optional.of(new TastytradeWay(tastytrade));
        }
        return Optional.empty();
    }
}
