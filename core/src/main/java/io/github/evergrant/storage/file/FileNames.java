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
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < Math.min(PREFIX, namespace.length()); i++) {
            char c = namespace.charAt(i);
            boolean safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            name.append(safe ? c : '_');
        }
        name.append('-');
        byte[] hash = sha256(namespace);
        for (int i = 0; i < HASH_BYTES; i++) {
            name.append(Character.forDigit(hash[i] >> 4 & 0xf, 16)).append(Character.forDigit(hash[i] & 0xf, 16));
        }
        return name.append(suffix).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
