package io.github.evergrant.storage;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens storages by address.
 *
 * <p>{@code json:PATH} is a JSON file, {@code json1:PATH} one that is made in format 1.0, {@code memory:} a storage of
 * one's own in memory, {@code memory:NAME} one that the JVM shares. Further schemes come with further modules.
 */
public final class TokenStorages {

    private TokenStorages() {}

    public static TokenStorage open(String address) {
        return open(address, StorageOptions.DEFAULT);
    }

    /**
     * Opens a storage; nothing need be there yet.
     *
     * @throws InvalidInput code {@code unknown_store_scheme} when nobody knows the scheme, {@code store_path_missing} when
     *     a file has no name
     */
    public static TokenStorage open(String address, StorageOptions options) {
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? "" : address.substring(0, colon);
        String rest = address.substring(colon + 1);
        return switch (scheme) {
            case "json" -> JsonTokenStorage.open(path(address, rest), options);
            case "json1" -> JsonTokenStorage.openFormat1(path(address, rest), options);
            case "memory" -> rest.isEmpty() ? MemoryTokenStorage.create() : MemoryTokenStorage.named(rest);
            default -> openElsewhere(scheme, address, options);
        };
    }

    private static TokenStorage openElsewhere(String scheme, String address, StorageOptions options) {
        Set<String> known = new TreeSet<>(Set.of("json", "json1", "memory"));
        for (TokenStorageProvider provider : ServiceLoader.load(TokenStorageProvider.class)) {
            if (provider.scheme().equals(scheme)) {
                return provider.open(address, options);
            }
            known.add(provider.scheme());
        }
        // Not the whole address: one of a database may hold a password.
        throw new InvalidInput(Problem.of(
                        "unknown_store_scheme",
                        scheme.isEmpty()
                                ? "The address of the token store names no kind of store."
                                : "There is no kind of token store called \"" + scheme + "\".")
                .withAdvice("Use one of " + String.join(":, ", known) + ": as in json:/path/to/tokens.json."));
    }

    /**
     * The path in an address: {@code ~} is the home folder.
     *
     * @throws InvalidInput code {@code store_path_missing} when there is none
     */
    public static Path path(String address, String rest) {
        if (rest.isEmpty()) {
            throw new InvalidInput(
                    Problem.of("store_path_missing", "The address " + address + " of a token store has no path.")
                            .withAdvice("Write it as in " + address + "/path/to/tokens."));
        }
        try {
            if (rest.equals("~") || rest.startsWith("~/")) {
                return home().resolve(rest.substring(Math.min(2, rest.length())));
            }
            return Path.of(rest);
        } catch (InvalidPathException e) {
            throw new InvalidInput(Problem.of("store_path_missing", "The address of the token store holds no path.")
                    .withCause(e));
        }
    }

    /** As Python finds it: {@code HOME} first, since {@code user.home} ignores it on Unix. */
    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", "") : home);
    }
}
