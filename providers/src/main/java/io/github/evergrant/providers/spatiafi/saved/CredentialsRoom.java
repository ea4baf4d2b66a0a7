package io.github.evergrant.providers.spatiafi.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.storage.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file beside a file of app credentials that takes up what they will need, and takes that file's place once it
 * holds them. Closed without that, it is gone. For one thread.
 */
final class CredentialsRoom implements AutoCloseable {

    private static final int SIZE = 4096;

    private final CredentialsFile file;
    private final Path target;
    private final Path temporary;

    private CredentialsRoom(CredentialsFile file, Path target, Path temporary) {
        this.file = file;
        this.target = target;
        this.temporary = temporary;
    }

    static CredentialsRoom of(CredentialsFile file) throws IOException {
        file.folder();
        // What a link leads to is replaced, not the link.
        Path target = Files.exists(file.path())
                ? file.path().toRealPath()
                : file.path().toAbsolutePath();
        // 0600 from the beginning, where there are such modes.
        Path temporary = Files.createTempFile(target.resolveSibling(""), "." + target.getFileName() + ".", ".tmp");
        CredentialsRoom room = new CredentialsRoom(file, target, temporary);
        try {
            room.put(new byte[SIZE]);
            return room;
        } catch (IOException e) {
            room.close();
            throw e;
        }
    }

    /**
     * Writes the credentials, and gives them their place.
     *
     * @throws InvalidInput {@code credentials_exist} when there is a file that may not be replaced
     * @throws StorageFailure {@code credentials_unwritable}; what there was is as it was
     */
    void fill(AppCredentials credentials, boolean replace) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (credentials.userId() != null) {
            json.put("user_id", credentials.userId());
        }
        json.put("client_id", credentials.clientId());
        json.put("client_secret", credentials.clientSecret().reveal());
        try {
            put(Json.write(json));
            if (replace) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                giveName();
            }
            syncFolder();
        } catch (IOException e) {
            throw file.unwritable(e);
        }
    }

    /** Over what there is, which keeps its place on the disk until it is cut to size. */
    private void put(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.truncate(bytes.length);
            channel.force(true);
        }
    }

    /** By a link: unlike a move it never takes the place of what another program makes meanwhile. */
    private void giveName() throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw file.exists();
        } catch (UnsupportedOperationException e) {
            // Without links, a move that is no replacement comes closest.
            Files.move(temporary, target);
        }
    }

    /** Where a folder can be opened; elsewhere a name is durable when the system says so. */
    private void syncFolder() throws IOException {
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // It holds nothing, or what has its place by now; its name says that it is temporary.
            return;
        }
    }
}
