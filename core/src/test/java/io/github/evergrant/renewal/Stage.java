package io.github.evergrant.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.file.JsonDocuments;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One session in a store, its provider, and a program beside us that knows no locks.
 *
 * <p>In a JSON file, unless {@code evergrant.stage} names another kind of store: so these tests run once more where that
 * is built.
 */
final class Stage implements AutoCloseable {

    static final String TRANSFER = "transfer.api.globus.org";
    static final String GROUPS = "groups.api.globus.org";

    private static final String JSON = "json";
    private static final String SCHEME = System.getProperty("evergrant.stage", JSON);

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
        this(folder, open(folder, "tokens"));
    }

    Stage(Path folder, TokenStorage storage) {
        this.file = file(folder, "tokens");
        this.storage = storage;
        this.records = new SessionRecords(storage, "tour");
    }

    /** Whether a store is one file, written as a whole. */
    static boolean isFile() {
        return SCHEME.equals(JSON);
    }

    /** Where a store of a name is. */
    static Path file(Path folder, String name) {
        return folder.resolve(name + "." + SCHEME);
    }

    /** As {@code EVERGRANT_STORE} names it. */
    static String address(Path file) {
        return SCHEME + ":" + file;
    }

    /** Opens a store of a name, where nothing need be yet. */
    static TokenStorage open(Path folder, String name) {
        return TokenStorages.open(address(file(folder, name)));
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

    /** Asks for a token elsewhere, and returns when the provider has been asked; it answers when its gate is opened. */
    CompletableFuture<String> renewHeldBack(String resourceServer) {
        provider.closeGate();
        CompletableFuture<String> renewal = CompletableFuture.supplyAsync(() -> accessToken(resourceServer));
        provider.arrived.acquireUninterruptibly();
        return renewal;
    }

    String stored(String resourceServer) {
        return storage.read("tour", resourceServer).orElseThrow().accessToken().reveal();
    }

    /** What a program reads of the session, to change it. */
    Map<String, TokenData> load() {
        return new LinkedHashMap<>(storage.read("tour"));
    }

    /**
     * Writes all of the session as a program does that does not look at what is there by now. A JSON file is truncated and
     * rewritten in place without a lock, as the Python library does.
     */
    void rewrite(Map<String, TokenData> loaded) {
        if (isFile()) {
            try {
                Files.write(
                        file,
                        JsonDocuments.format2("tour", loaded),
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        try (TokenStorage theirs = TokenStorages.open(address(file))) {
            Map<String, Fingerprint> seen = new LinkedHashMap<>();
            theirs.read("tour").forEach((resourceServer, data) -> seen.put(resourceServer, data.fingerprint()));
            assertThat(theirs.replace("tour", seen, loaded)).isTrue();
        }
    }

    /** What is in a file, byte for byte. Only when nobody holds a lock on it: this drops all of them. */
    static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
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
        storage.close();
    }
}
