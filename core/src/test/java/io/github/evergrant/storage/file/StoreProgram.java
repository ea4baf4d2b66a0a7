package io.github.evergrant.storage.file;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Another program that uses the store of a test; does what the lines on standard input say, and answers each.
 *
 * <p>Its arguments: the store's address, then system properties as {@code name=value}.
 */
public final class StoreProgram {

    private final TokenStorage storage;
    private final BufferedReader in;
    private final Map<String, Lease> leases = new HashMap<>();

    private StoreProgram(TokenStorage storage, BufferedReader in) {
        this.storage = storage;
        this.in = in;
    }

    public static void main(String[] arguments) throws IOException {
        for (int i = 1; i < arguments.length; i++) {
            String[] property = arguments[i].split("=", 2);
            System.setProperty(property[0], property[1]);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StoreProgram program = new StoreProgram(TokenStorages.open(arguments[0]), in);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(program.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) throws IOException {
        try {
            return switch (words[0]) {
                case "take" -> take(words[1]);
                case "free" -> free(words[1]);
                case "step" -> storage.inOneStep(words.length > 1 ? words[1] : "any", this::untilNextLine);
                case "store" -> store(words[1], words[2], Integer.parseInt(words[3]));
                case "journal" -> journal(words[1], Integer.parseInt(words[2]));
                case "count" -> count(words[1], Integer.parseInt(words[2]));
                case "namespaces" -> Integer.toString(storage.namespaces().size());
                case "read" -> read(words[1], words[2]);
                case "replace" -> Boolean.toString(replace(words[1], words[2]));
                default -> "unknown " + words[0];
            };
        } catch (EvergrantException e) {
            return e.code();
        }
    }

    private String read(String namespace, String resourceServer) {
        return storage.read(namespace, resourceServer)
                .map(data -> data.accessToken().reveal())
                .orElse("none");
    }

    private String take(String namespace) {
        Optional<Lease> lease = storage.leases().tryTake(namespace);
        lease.ifPresent(taken -> leases.put(namespace, taken));
        return lease.isPresent() ? "taken" : "refused";
    }

    private String free(String namespace) {
        Lease lease = leases.remove(namespace);
        if (lease != null) {
            lease.close();
        }
        return "freed";
    }

    private String untilNextLine() {
        System.out.println("inside");
        try {
            return "left after " + in.readLine();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Stores one record after the other, saying so each time. */
    private String store(String namespace, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            if (!replace(namespace, prefix + "-" + i)) {
                return "lost " + i;
            }
            System.out.println("stored " + i);
        }
        return "done";
    }

    private String journal(String namespace, int size) {
        storage.journal(namespace).write(Map.of("answer", "x".repeat(size)));
        return "written";
    }

    /** Counts in the journal, each time in one step. */
    private String count(String namespace, int times) {
        Journal journal = storage.journal(namespace);
        for (int i = 0; i < times; i++) {
            persistently(() -> storage.inOneStep(namespace, () -> {
                long before = journal.read().get("count") instanceof Long count ? count : 0;
                journal.write(Map.of("count", before + 1));
                return true;
            }));
        }
        return "counted";
    }

    private boolean replace(String namespace, String resourceServer) {
        return persistently(() -> storage.replace(namespace, Map.of(), one(resourceServer)));
    }

    /** On a busy machine, others may have their turns for longer than a lock is waited for; then nothing was done. */
    private static boolean persistently(BooleanSupplier work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.getAsBoolean();
            } catch (StorageFailure e) {
                if (!e.code().equals("store_locked") || attempt == 10) {
                    throw e;
                }
            }
        }
    }

    static Map<String, TokenData> one(String resourceServer) {
        return Map.of(
                resourceServer,
                TokenData.bearer(
                        resourceServer,
                        Secret.of("at-" + resourceServer),
                        Expiry.at(Instant.ofEpochSecond(1767398400))));
    }
}
