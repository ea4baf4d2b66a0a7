package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.RecordingSender;
import java.time.Instant;

/** A network on which there is nobody but SpatiaFi, at the time of the captures. */
final class Recorder extends RecordingSender<Recorder> {

    static final Instant NOW = Instant.ofEpochSecond(1_795_296_460);

    final SpatiaFiProvider provider = new SpatiaFiProvider();
    final ProviderData data = provider.describe(null, null);

    Recorder() {
        super(NOW);
    }

    @Override
    protected Recorder self() {
        return this;
    }
}
