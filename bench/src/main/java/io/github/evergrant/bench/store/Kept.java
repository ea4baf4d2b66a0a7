package io.github.evergrant.bench.store;

import io.github.evergrant.bench.subject.Ours;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import java.util.Map;

/** A storage of ours that is read and written as a renewal does it: exactly what was seen is replaced. */
public final class Kept implements AutoCloseable {

    private final TokenStorage storage;
    private final String resourceServer = Filled.record().resourceServer();
    private TokenData stored;
    private TokenData next;
    private long number;

    public Kept(String address) {
        storage = TokenStorages.open(address);
        stored = read();
        next = stored;
    }

    /** Gets what is saved next, as a renewal does from a server. */
    public void obtain() {
        next = Ours.record(Bare.next(number++));
    }

    /** What was obtained; durable when it returns. */
    public void save() {
        Map<String, Fingerprint> seen = Map.of(resourceServer, stored.fingerprint());
        if (!storage.replace(Filled.NAMESPACE, seen, Map.of(resourceServer, next))) {
            throw new IllegalStateException("somebody else wrote");
        }
        stored = next;
    }

    /** One record. */
    public TokenData read() {
        return storage.read(Filled.NAMESPACE, resourceServer).orElseThrow();
    }

    @Override
    public void close() {
        storage.close();
    }
}
