package io.github.evergrant.storage.file;

import io.github.evergrant.storage.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** File names for namespaces, which may be any text. */
final class FileNames {

    private static final int PREFIX = 32;
    private static final int HASH_BYTES = 8;

    private FileNames() {}

    /**
     * As much of the namespace as is safe, for people; then enough of its SHA-256 to be its own.
     *
     * @throws io.github.evergrant.error.InvalidInput code {@code name_unusable} when it would be another one's as well
     */
    static String of(String namespace, String suffix) {
        Names.require(namespace);
        StringBuilder name = readable(namespace);
        byte[] hash = sha256(namespace);
        for (int i = 0; i < HASH_BYTES; i++) {
            name.append(Character.forDigit(hash[i] >> 4 & 0xf, 16)).append(Character.forDigit(hash[i] & 0xf, 16));
        }
        return name.append(suffix).toString();
    }

    /** Whether a name may be the one of a namespace: it is, or is the one of another that reads alike. */
    static boolean mayBe(String name, String namespace, String suffix) {
        String readable = readable(namespace).toString();
        return name.length() == readable.length() + 2 * HASH_BYTES + suffix.length()
                && name.startsWith(readable)
                && name.endsWith(suffix);
    }

    private static StringBuilder readable(String namespace) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < Math.min(PREFIX, namespace.length()); i++) {
            char c = namespace.charAt(i);
            boolean safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            name.append(safe ? c : '_');
        }
        return name.append('-');
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
