package io.github.evergrant.providers.spatiafi.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Pause;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
    private static final int MORE_READINGS = 20;

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

    /** Whether somebody else on this machine may read it, as the Python programs leave it. */
    public boolean isOpenToOthers() {
        try {
            return Files.getPosixFilePermissions(path).stream()
                    .anyMatch(
                            each -> each == PosixFilePermission.GROUP_READ || each == PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * The fields of its JSON object, whatever they are; nothing when there is no such file. One that makes no sense is read
     * again for a moment: a program that does not write it as a whole may be at it.
     */
    Optional<Map<String, @Nullable Object>> fields() {
        for (int more = MORE_READINGS; ; more--) {
            try {
                return parsed();
            } catch (InvalidInput e) {
                if (more == 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                Pause.nanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    private Optional<Map<String, @Nullable Object>> parsed() {
        byte[] bytes;
        try {
            bytes = bytes();
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

    /** What is no file may have no end. */
    private byte[] bytes() throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "not a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_BYTES + 1);
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
        try (CredentialsRoom room = room()) {
            room.fill(credentials, replace);
        }
    }

    /**
     * Room on the disk for what is yet to be created, and would be lost if it could not be written then.
     *
     * @throws StorageFailure {@code credentials_unwritable}
     */
    CredentialsRoom room() {
        try {
            return CredentialsRoom.of(this);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    StorageFailure unwritable(IOException e) {
        return new StorageFailure(
                Problem.of("credentials_unwritable", "the file of app credentials " + path + " cannot be written")
                        .withAdvice("check who may write there, and whether there is room")
                        .withPath(path)
                        .withCause(e));
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

    /** That it is there, and may not be replaced. */
    InvalidInput exists() {
        return new InvalidInput(Problem.of(
                        "credentials_exist", "there are app credentials in " + path + " already; they stay as they are")
                .withAdvice("use those, or say that they are to be replaced")
                .withPath(path));
    }

    private InvalidInput malformed(String why) {
        return new InvalidInput(
                Problem.of("credentials_malformed", "the file " + path + " holds no app credentials: " + why)
                        .withAdvice("set it aside, and create new ones")
                        .withPath(path));
    }
}
