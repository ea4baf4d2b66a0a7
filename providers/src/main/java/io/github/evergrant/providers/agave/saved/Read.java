package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.file.CompanionFile.Content;
import org.jspecify.annotations.Nullable;

/** What the Agave files held when a document was made of them. */
final class Read {

    private final byte @Nullable [] config;
    final @Nullable Content<Object> current;
    final boolean currentIsDamaged;
    final @Nullable Content<Remainders> remainders;

    Read(
            byte @Nullable [] config,
            @Nullable Content<Object> current,
            boolean currentIsDamaged,
            @Nullable Content<Remainders> remainders) {
        this.config = config;
        this.current = current;
        this.currentIsDamaged = currentIsDamaged;
        this.remainders = remainders;
    }

    /** The bytes of {@code config.json}; null when there was none. */
    byte @Nullable [] config() {
        return config;
    }
}
