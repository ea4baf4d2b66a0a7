package io.github.evergrant.provider;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The providers there are. Immutable and safe for many threads. */
public final class Providers {

    private final List<Provider> all;

    /** Just these. */
    public Providers(Collection<? extends Provider> all) {
        this.all = all.stream()
                .map(Provider.class::cast)
                // Not by Comparator.comparing: what it makes can be serialized, which no start-up archive keeps.
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    /** All that are installed, as {@link ServiceLoader} finds them. */
    public static Providers installed() {
        return new Providers(ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** All of them, in the order of their names. */
    public List<Provider> all() {
        return all;
    }

    /**
     * The provider of that name.
     *
     * @throws InvalidInput {@code unknown_provider} when there is none
     */
    public Provider named(String id) {
        return all.stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    /**
     * How sessions of a provider are renewed.
     *
     * @param rules what a session remembers of it; without a way of its own the provider need not be installed
     * @param tokenEndpoint the session's
     * @throws InvalidInput {@code unknown_provider} when its own way is needed, and it is not installed
     */
    public static RefreshWay refreshWay(String id, RefreshRules rules, URI tokenEndpoint) {
        return rules.ownWay() ? installed().named(id).refreshWay(tokenEndpoint) : RefreshWay.USUAL;
    }

    private InvalidInput unknown(String id) {
        String known = all.stream().map(Provider::id).collect(Collectors.joining(", "));
        return new InvalidInput(Problem.of("unknown_provider", "there is no provider \"" + id + "\"")
                .withAdvice(known.isEmpty() ? "no provider is installed" : "known providers: " + known));
    }
}
