package io.github.evergrant.cli.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the last login of a kind failed, for the processes that waited for it: a small file, without which they ask the
 * person again. Nothing of it is secret; a file that cannot be read or written is none.
 */
final class SharedFailures {

    private final Path file;

    SharedFailures(Path folder, String key) {
        this.file = folder.resolve(hash(key) + ".json");
    }

    /** What befell the person or the provider is shared; what is wrong with a command line or a disk is each one's own. */
    void note(EvergrantException failure, Instant now) {
        if (!(failure instanceof LoginFailed)
                && !(failure instanceof ProviderRefused)
                && !(failure instanceof TemporarilyUnavailable)) {
            return;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("failed_at", now.toString());
        json.put("kind", failure.getClass().getSimpleName());
        json.put("code", failure.code());
        json.put("message", failure.getMessage());
        json.put("advice", failure.advice());
        json.put("session", failure.session().orElse(null));
        try {
            // Created for its owner alone, as temporary files are.
            Path next = Files.createTempFile(file.getParent(), ".failure", ".tmp");
            Files.write(next, Json.write(json));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return;
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }

    /** The failure of a login that ended after that. */
    Optional<EvergrantException> since(Instant began) {
        try {
            Map<String, @Nullable Object> json = Json.readObject(Files.readAllBytes(file));
            return Instant.parse(text(json, "failed_at")).isAfter(began)
                    ? Optional.of(failure(json))
                    : Optional.empty();
        } catch (IOException | MalformedJson | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static EvergrantException failure(Map<String, @Nullable Object> json) {
        Problem problem = Problem.of(text(json, "code"), text(json, "message"))
                .withAdvice(text(json, "advice"))
                .withSession(json.get("session") instanceof String session ? session : null);
        return switch (text(json, "kind")) {
            case "ProviderRefused" -> new ProviderRefused(problem);
            case "TemporarilyUnavailable" -> new TemporarilyUnavailable(problem, null);
            default -> new LoginFailed(problem);
        };
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : "";
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
