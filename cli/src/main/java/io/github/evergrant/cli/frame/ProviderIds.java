package io.github.evergrant.cli.frame;

import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.Providers;
import java.util.Iterator;

/** The ids of the providers that are installed, for a shell that completes them. */
public final class ProviderIds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Providers.installed().all().stream().map(Provider::id).iterator();
    }
}
