package io.github.evergrant.storage;

import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * How a storage treats what it finds.
 *
 * @param strictPermissions whether a store of another program that others may read is refused; Evergrant's own always
 *     is
 * @param warnings takes each warning of a storage once, as a sentence
 */
public record StorageOptions(boolean strictPermissions, Consumer<String> warnings) {

    /** Reads what others wrote, and logs warnings. */
    public static final StorageOptions DEFAULT = new StorageOptions(
            // The logger is fetched when there is something to say: loading it takes longer than reading a store.
            false, message -> LoggerFactory.getLogger(TokenStorage.class).warn(message));

    public StorageOptions {
        Objects.requireNonNull(warnings, "warnings");
    }

    public StorageOptions withStrictPermissions(boolean strict) {
        return new StorageOptions(strict, warnings);
    }

    public StorageOptions withWarnings(Consumer<String> listener) {
        return new StorageOptions(strictPermissions, listener);
    }
}
