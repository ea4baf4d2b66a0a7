package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.PrivateFile;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small file that processes leave one another about a login, for their owner alone. One that cannot be read or written is
 * none: that costs a tab, and no login.
 */
final class LoginNote {

    private final Path file;

    /**
     * @param key of the login
     * @param about one word
     */
    LoginNote(Path folder, String key, String about) {
        this.file = folder.resolve(hash(key) + "." + about + ".json");
    }

    void write(Map<String, @Nullable Object> json) {
        try {
            PrivateFile.write(file, Json.write(json));
        } catch (IOException e) {
            return;
        }
    }

    Optional<Map<String, @Nullable Object>> read() {
        try {
            return Optional.of(Json.readObject(Files.readAllBytes(file)));
        } catch (IOException | MalformedJson e) {
            return Optional.empty();
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
