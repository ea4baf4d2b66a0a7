package io.github.evergrant.storage.file;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Store files as tests make and look at them. */
final class JsonFiles {

    private static final String OURS = "\"" + Writer.NAME + "\"";

    private JsonFiles() {}

    /** A file of the golden data, as text. */
    static String golden(String name) {
        try (InputStream in =
                Objects.requireNonNull(JsonFiles.class.getResourceAsStream("/golden/globus/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All JSON files below folders of the golden data, as {@link #golden} takes them. */
    static Stream<String> goldenFiles(String... folders) {
        try {
            Path root = Path.of(Objects.requireNonNull(JsonFiles.class.getResource("/golden/globus"))
                    .toURI());
            List<String> all = new ArrayList<>();
            for (String folder : folders) {
                try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                    files.filter(file -> file.toString().endsWith(".json"))
                            .forEach(file -> all.add(root.relativize(file).toString()));
                }
            }
            return all.stream().sorted();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store file with this text, 0600. */
    static Path file(Path folder, String text) {
        return file(folder, "tokens.json", text);
    }

    /** One that has been there for a while: nobody is writing it. */
    static Path file(Path folder, String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with another program's version in the place of ours. */
    static String asWrittenBy(String version, String text) {
        return text.replace("\"globus-sdk.version\": " + OURS, "\"globus-sdk.version\": \"" + version + "\"");
    }

    static TokenData token(String resourceServer, String access) {
        return TokenData.bearer(resourceServer, Secret.of(access), Expiry.at(Instant.ofEpochSecond(1767398400)));
    }

    /** Stores a record that is new there. */
    static boolean store(JsonTokenStorage storage, String namespace, TokenData data) {
        return storage.replace(namespace, Map.of(), Map.of(data.resourceServer(), data));
    }

    /** Puts a record in the place of the one stored. */
    static boolean renew(JsonTokenStorage storage, String namespace, TokenData data) {
        TokenData seen = storage.read(namespace, data.resourceServer()).orElseThrow();
        return storage.replace(
                namespace, Map.of(data.resourceServer(), Fingerprint.of(seen)), Map.of(data.resourceServer(), data));
    }

    static JsonTokenStorage openFormat1(Path path) {
        return JsonTokenStorage.openFormat1(path, StorageOptions.DEFAULT);
    }
}
