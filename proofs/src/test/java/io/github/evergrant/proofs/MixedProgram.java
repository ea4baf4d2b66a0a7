package io.github.evergrant.proofs;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process that uses a store with others; does what the lines on standard input say, and ends each with a line of
 * numbers.
 *
 * <p>Its arguments: the store's address, the sandbox's, and its name, which is also its session's.
 */
final class MixedProgram {

    /** A session that all processes renew. */
    static final String SHARED = "shared";

    /** The namespace of the records that have no session behind them. */
    static final String BARE = "bare";

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int KEYS = 25;

    /** How long a reader rests after each read: on two processors, four that do not would leave nothing to the writers. */
    private static final long PACE_NANOS = 5_000_000;

    private final Evergrant door;
    private final String name;
    private final SandboxHand hand;

    private MixedProgram(String[] arguments) {
        this.door = Evergrant.open(
                arguments[0],
                EvergrantSettings.defaults().withRefreshAhead(false).withPatience(Duration.ofSeconds(60)));
        this.hand = new SandboxHand(URI.create(arguments[1]), InstantSource.system(), Duration.ZERO);
        this.name = arguments[2];
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        MixedProgram program = new MixedProgram(arguments);
        OUT.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "login" -> program.logIn();
                case "write" -> program.write(Integer.parseInt(words[1]), Boolean.parseBoolean(words[2]));
                case "read" -> program.read(in);
                case "heal" -> program.heal();
                default -> throw new IllegalArgumentException(line);
            }
        }
        program.door.close();
    }

    private void logIn() {
        door.keep(name, hand.login(false), false);
        OUT.println("done");
    }

    /** What a writer has seen go wrong. */
    private static final class Troubles {

        /** A record of this process alone was not what it had stored. */
        int lost;

        /** A save of this process was not in the store any more when it looked again. */
        int undone;

        /** A session handed out another token than its newest. */
        int stale;

        /** Something could not be done for the moment, and was done later. */
        int waited;

        final List<String> failures = new ArrayList<>();
    }

    /** Stores and renews in turn: bare records, unless others undo such; its own session; the one of all. */
    private void write(int count, boolean bare) {
        Troubles troubles = new Troubles();
        Map<String, Fingerprint> written = new HashMap<>();
        @Nullable String newest = null;
        for (int i = 0; i < count; i++) {
            try {
                if (i % 3 == 0 && bare) {
                    troubles.lost += store(i, written) ? 0 : 1;
                } else if (i % 3 == 1) {
                    renew(door.session(SHARED));
                } else {
                    newest = renewOwn(newest, troubles);
                }
            } catch (EvergrantException e) {
                if (e.code().equals("store_busy") || e.code().equals("store_locked")) {
                    troubles.waited++;
                } else {
                    troubles.failures.add(e.code());
                }
            }
            OUT.println("at " + i);
        }
        OUT.println("wrote " + troubles.lost + " " + troubles.undone + " " + troubles.stale + " " + troubles.waited
                + " " + troubles.failures);
    }

    private boolean store(int i, Map<String, Fingerprint> written) {
        String key = name + "-" + i % KEYS;
        TokenData next =
                TokenData.bearer(key, Secret.of(name + "-at-" + i), Expiry.at(Instant.ofEpochSecond(4_000_000_000L)));
        Fingerprint before = written.put(key, next.fingerprint());
        return door.storage().replace(BARE, before == null ? Map.of() : Map.of(key, before), Map.of(key, next));
    }

    private static TokenData renew(Session session) {
        return session.obtain(SandboxHand.GROUPS, Demand.SUCCESSOR.withPatience(Duration.ofSeconds(60)))
                .data();
    }

    private String renewOwn(@Nullable String newest, Troubles troubles) {
        Session session = door.session(name);
        if (newest != null) {
            troubles.undone += stored().equals(newest) ? 0 : 1;
            String served = session.obtain(SandboxHand.GROUPS, Demand.GOOD_NOW)
                    .data()
                    .accessToken()
                    .reveal();
            troubles.stale += served.equals(newest) ? 0 : 1;
        }
        return renew(session).accessToken().reveal();
    }

    private String stored() {
        return door.storage()
                .read(name, SandboxHand.GROUPS)
                .map(data -> data.accessToken().reveal())
                .orElse("none");
    }

    /** Reads all the time, until the next line: the records, the names, and the tokens of the sessions. */
    private void read(BufferedReader in) throws IOException {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> readUntil(stop));
        OUT.println("reading");
        in.readLine();
        stop.set(true);
        OUT.println(reading.join());
    }

    private String readUntil(AtomicBoolean stop) {
        int reads = 0;
        long worst = 0;
        List<String> failures = new ArrayList<>();
        while (!stop.get()) {
            long began = System.nanoTime();
            try {
                switch (reads++ % 3) {
                    case 0 -> door.storage().read(BARE);
                    case 1 -> door.storage().namespaces();
                    default -> door.session(SHARED).obtain(SandboxHand.GROUPS, Demand.GOOD_NOW);
                }
            } catch (EvergrantException e) {
                failures.add(e.code() + ": " + e.getMessage());
            }
            worst = Math.max(worst, System.nanoTime() - began);
            LockSupport.parkNanos(PACE_NANOS);
        }
        return "read " + reads + " " + worst / 1_000_000 + " " + failures;
    }

    /** Renews once more, and says whether the store has what the session has. */
    private void heal() {
        String newest = renew(door.session(name)).accessToken().reveal();
        OUT.println("healed " + newest.equals(stored()) + " " + hand.isGood(Secret.of(newest)));
    }
}
