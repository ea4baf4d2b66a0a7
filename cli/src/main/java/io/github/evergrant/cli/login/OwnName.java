package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import java.util.List;
import java.util.Optional;

/**
 * What a session is called when nobody gives it a name: after its provider, and its environment if that is an unusual one.
 *
 * @param provider with whom a session of such a name is
 * @param environment which instance of it
 */
record OwnName(Provider provider, String environment) {

    static String of(Provider provider, String environment) {
        boolean usual = environment.equals(provider.environments().get(0));
        return provider.id() + (usual ? "" : "-" + environment);
    }

    /**
     * Sees to it that a new session of another provider than Agave can have a name in the store that is meant.
     *
     * @throws io.github.evergrant.error.InvalidInput {@code name_reserved} when it has the form of those that sessions with
     *     Agave have
     */
    static void requireFree(Invocation it, String name) {
        if (it.door().storage() instanceof AgaveTokenStorage) {
            throw CliProblem.usage(it.store() + " keeps sessions with Agave, and no others");
        }
        if (it.door().storage() instanceof AdoptingTokenStorage joined) {
            joined.requireUsual(name);
        }
    }

    /** What such a name says; nothing when it is some other name. */
    static Optional<OwnName> read(String session, List<Provider> all) {
        return all.stream()
                .flatMap(provider -> provider.environments().stream().map(each -> new OwnName(provider, each)))
                .filter(own -> of(own.provider(), own.environment()).equals(session))
                .findFirst();
    }
}
