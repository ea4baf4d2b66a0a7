package io.github.evergrant.providers.spatiafi.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with app credentials, as the Python programs read and write it (docs/protocols/spatiafi.md section 6.3), but private
 * and whole.
 *
 * <p>Immutable and safe for many threads.
 *
 * @param path where it is; nothing need be there
 */
public record CredentialsFile(Path path) {

    private static final int MOST_BYTES = 1 << 16;

    /**
     * What is in it.
     *
     * @return nothing when there is no such file
     * @throws InvalidInput {@code credentials_malformed} when it holds something else
     * @throws StorageFailure {@code credentials_unreadable} when it cannot be read
     */
    public Optional<AppCredentials> read() {
        Optional<Map<String, @Nullable Object>> fields = fields();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> all = fields.get();
        String id = HostileJson.asText(all.get("client_id"));
        String secret = HostileJson.asText(all.get("client_secret"));
        if (id == null || secret == null || id.isBlank() || secret.isBlank()) {
            // What the Python package wrote when the service said no.
            String why = all.containsKey("detail")
                    ? "it holds an error of the service in their place"
                    : "client_id or client_secret is missing";
            throw malformed(why);
        }
        return Optional.of(new AppCredentials(HostileJson.asText(all.get("user_id")), id, Secret.of(secret)));
    }

    /** The fields of its JSON object, whatever they are; nothing when there is no such file. */
    Optional<Map<String, @Nullable Object>> fields() {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFailure(
                    Problem.of("credentials_unreadable", "the file of app credentials " + path + " cannot be read")
                            .withAdvice("check whose it is, and what it is")
                            .withPath(path)
                            .withCause(e));
        }
        if (bytes.length > MOST_BYTES) {
            throw malformed("it is too large");
        }
        try {
            Object value =
                    HostileJson.read(new String(bytes, StandardCharsets.UTF_8)).value();
            if (value instanceof Map<?, ?> map) {
                return Optional.of(HostileJson.asObject(map));
            }
            throw malformed("it is no JSON object");
        } catch (HostileJson.Malformed e) {
            throw malformed("it is no JSON");
        }
    }

    /**
     * Writes the file: 0600, in a folder that is made 0700 if there is none; readers and crashes see all of it or nothing.
     *
     * @param replace whether it may be in the place of another
     * @throws InvalidInput {@code credentials_exist} when it may not, and there is one
     * @throws StorageFailure {@code credentials_unwritable}; what there was is as it was
     */
    public void write(AppCredentials credentials, boolean replace) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (credentials.userId() != null) {
            json.put("user_id", credentials.userId());
        }
        json.put("client_id", credentials.clientId());
        json.put("client_secret", credentials.clientSecret().reveal());
        try {
            write(Json.write(json), replace);
        } catch (IOException e) {
            throw new StorageFailure(
                    Problem.of("credentials_unwritable", "the file of app credentials " + path + " cannot be written")
                            .withAdvice("check who may write there")
                            .withPath(path)
                            .withCause(e));
        }
    }

    private void write(byte[] bytes, boolean replace) throws IOException {
        Path folder = folder();
        // 0600 from the beginning, where there are such modes.
        Path temporary = Files.createTempFile(folder, "." + path.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            if (replace) {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                giveName(temporary);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** By a link: unlike a move it never takes the place of what another program makes meanwhile. */
    private void giveName(Path temporary) throws IOException {
        try {
            Files.createLink(path, temporary);
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (UnsupportedOperationException e) {
            // Without links, a move that is no replacement comes closest.
            Files.move(temporary, path);
        }
    }

    /** The folder, made if there is none. */
    Path folder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new NoSuchFileException(path.toString());
        }
        boolean modes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ours = modes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        return Files.createDirectories(folder, ours);
    }

    private InvalidInput exists() {
        return new InvalidInput(Problem.of(
                        "credentials_exist", "there are app credentials in " + path + " already; they stay as they are")
                .withAdvice("use those, or say that they are to be replaced")
                .withPath(path));
    }

    private InvalidInput malformed(String why) {
        return new InvalidInput(
                Problem.of("credentials_malformed", "the file " + path + " holds no app credentials: " + why)
                        .withAdvice("remove it, and create new ones: rm " + path)
                        .withPath(path));
    }
}
