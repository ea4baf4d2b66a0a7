package io.github.evergrant.renewal;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One session in a JSON store, its provider, and a program beside us that knows no locks. */
final class Stage implements AutoCloseable {

    static final String TRANSFER = "transfer.api.globus.org";
    static final String GROUPS = "groups.api.globus.org";

    final ShiftedClock clock = new ShiftedClock();
    final FakeProvider provider = new FakeProvider(clock);
    final Path file;
    final TokenStorage storage;
    final SessionRecords records;
    final Flights flights = new Flights();
    private final List<Flights> departed = Collections.synchronizedList(new ArrayList<>(List.of(flights)));
    final List<TokenResponse> late = Collections.synchronizedList(new ArrayList<>());
    final List<TokenResponse> heard = Collections.synchronizedList(new ArrayList<>());

    Stage(Path folder) {
        this(folder, JsonTokenStorage.open(folder.resolve("tokens.json")));
    }

    Stage(Path folder, TokenStorage storage) {
        this.file = folder.resolve("tokens.json");
        this.storage = storage;
        this.records = new SessionRecords(storage, "tour");
    }

    /** A renewal as another process would have: nothing shared but the storage. */
    Renewal renewal() {
        Flights own = new Flights();
        departed.add(own);
        return renewal(provider, own);
    }

    Renewal renewal(Exchange exchange, Flights shared) {
        Surroundings around = new Surroundings(clock, facts -> exchange, null, (facts, response) -> late.add(response));
        return new Renewal(storage, "tour", around, shared, heard::add);
    }

    void login(String... resourceServers) {
        keep(provider.login(resourceServers));
    }

    void keep(TokenResponse response) {
        records.keepLogin(
                response, before -> new Admission.Admitted(Map.of("provider", "fake"), Admission.Keep.OTHERS));
    }

    /** The tokens have ended since. */
    void spend() {
        clock.forward(provider.lifetime.plusSeconds(1));
    }

    String accessToken(String resourceServer) {
        return renewal()
                .obtain(resourceServer, Demand.GOOD_NOW)
                .data()
                .accessToken()
                .reveal();
    }

    String stored(String resourceServer) {
        return storage.read("tour", resourceServer).orElseThrow().accessToken().reveal();
    }

    byte[] load() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Truncates and rewrites in place, without a lock, as the Python library does. */
    void rewrite(byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JournalState journal() {
        return JournalCodec.read(storage.journal("tour").read());
    }

    static Demand patient(Duration patience) {
        return Demand.GOOD_NOW.withPatience(patience);
    }

    /** Nothing touches the folder any more. */
    @Override
    public void close() {
        provider.openGate();
        departed.forEach(each -> each.close(Duration.ofSeconds(20)));
    }
}
