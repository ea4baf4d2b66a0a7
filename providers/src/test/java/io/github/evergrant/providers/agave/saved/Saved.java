package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Golden files, and the sessions that are in them. */
final class Saved {

    /** When the first session of the golden runs got its tokens. */
    static final long CLOCK = 1539708516;

    private Saved() {}

    static Path golden(String name) {
        try {
            URI place = Objects.requireNonNull(Saved.class.getResource("/golden/agave/" + name), name)
                    .toURI();
            return Path.of(place);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** A copy of golden files as another program leaves them: readable for all. */
    static Path copy(String name, Path folder) {
        try (Stream<Path> files = Files.list(golden(name))) {
            Files.createDirectories(folder);
            for (Path each : files.toList()) {
                write(folder.resolve(each.getFileName().toString()), Files.readAllBytes(each));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, byte[] bytes) {
        return write(file, bytes, "rw-r--r--");
    }

    static Path write(Path file, byte[] bytes, String mode) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, bytes);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        return new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }

    static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands at the end of a path through the objects of a file. */
    static @Nullable Object in(Path file, String... names) {
        try {
            Object value = Json.readObject(bytes(file));
            for (String name : names) {
                value = ((Map<?, ?>) Objects.requireNonNull(value, name)).get(name);
            }
            return value;
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    static AgaveTokenStorage open(Path folder) {
        return open(folder, warning -> {});
    }

    static AgaveTokenStorage open(Path folder, Consumer<String> warnings) {
        return AgaveTokenStorage.open(folder, List.of(), StorageOptions.DEFAULT.withWarnings(warnings));
    }

    /** The n-th session of the golden runs. */
    static SavedSession session(String tenant, String url, String username, String client, int number, long createdAt) {
        return new SavedSession(
                tenant,
                url,
                username,
                client,
                "key-000" + number,
                Secret.of("sec-000" + number),
                tokens(number, createdAt, 14400L));
    }

    static SavedTokens tokens(int number, long createdAt, Object expiresIn) {
        return SavedTokens.granted(
                Secret.of("acc-000" + number),
                Secret.of("ref-000" + number),
                Instant.ofEpochSecond(createdAt),
                expiresIn);
    }

    static SavedSession sd2e(String client, int number, long createdAt) {
        return session("sd2e", "https://api.sd2e.org", "ada", client, number, createdAt);
    }

    static SavedSession tacc(String client, int number, long createdAt) {
        return session("tacc.prod", "https://api.tacc.utexas.edu", "grace", client, number, createdAt);
    }

    static String access(SavedSession session) {
        return Objects.requireNonNull(session.tokens()).accessToken().reveal();
    }

    static String access(AgaveTokenStorage storage, String name) {
        return access(storage.saved(name).orElseThrow());
    }
}
