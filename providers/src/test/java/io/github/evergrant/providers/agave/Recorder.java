package io.github.evergrant.providers.agave;

import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.testing.RecordingSender;
import java.time.Instant;
import java.util.Map;

/** A network on which there is nobody but Agave. */
final class Recorder extends RecordingSender<Recorder> {

    static final String BASE = "https://api.sd2e.org";
    static final Tenant SD2E = new Tenant("sd2e", "SD2E Tenant", BASE + "/");

    final AgaveProvider agave = new AgaveProvider(Map.of());
    final ProviderData data = agave.dataOf(SD2E, null);

    Recorder() {
        super(Instant.ofEpochSecond(1539708516));
    }

    @Override
    protected Recorder self() {
        return this;
    }
}
