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
    public static final StorageOptions DEFAULT = new StorageOptions(false, new Logged());

    /** The logger is fetched when there is something to say: it, as the first lambda, takes longer to load than a store to read. */
    private static final class Logged implements Consumer<String> {

        @Override
        public void accept(String message) {
            LoggerFactory.getLogger(TokenStorage.class).warn(message);
        }
    }

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
