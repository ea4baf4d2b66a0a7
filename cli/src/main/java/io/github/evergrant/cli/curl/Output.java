package io.github.evergrant.cli.curl;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a reply goes: standard output, byte for byte, or a file that is whole or not there. */
final class Output {

    private final Invocation it;
    private final @Nullable String file;

    /** @param file null or {@code -} for standard output */
    Output(Invocation it, @Nullable String file) {
        this.it = it;
        this.file = "-".equals(file) ? null : file;
    }

    void write(List<HttpReply> heads, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        heads.forEach(reply -> all.writeBytes(head(reply).getBytes(StandardCharsets.UTF_8)));
        all.writeBytes(body);
        byte[] bytes = all.toByteArray();
        if (file != null) {
            save(it.path(file), bytes);
        } else if (it.outside().terminal().showsOutput()) {
            it.outside().out().print(harmless(new String(bytes, StandardCharsets.UTF_8)));
        } else {
            it.outside().out().writeBytes(bytes);
        }
        it.outside().out().flush();
    }

    private static String head(HttpReply reply) {
        return reply.headers().entrySet().stream()
                .flatMap(header -> header.getValue().stream()
                        .map(value -> header.getKey().toLowerCase(Locale.ROOT) + ": " + Printable.text(value) + "\r\n"))
                .collect(Collectors.joining("", "HTTP/1.1 " + reply.status() + "\r\n", "\r\n"));
    }

    /** A terminal obeys what it shows. */
    private static String harmless(String text) {
        return Arrays.stream(text.replace("\r\n", "\n").split("\n", -1))
                .map(line ->
                        Arrays.stream(line.split("\t", -1)).map(Printable::text).collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }

    /** What is no ordinary file, a device or a pipe, is written to as it is. */
    private static void save(Path path, byte[] bytes) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                Files.write(target, bytes, StandardOpenOption.WRITE);
                return;
            }
            replace(target, bytes);
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("output_unwritable", "the file " + path + " cannot be written")
                    .withAdvice("name another file with -o")
                    .withCause(e));
        }
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        // With the permissions that any new file of this person gets: it is their data, not a secret of ours.
        Path next = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + "." + System.nanoTime() + ".tmp");
        try {
            Files.write(next, bytes, StandardOpenOption.CREATE_NEW);
            if (Files.exists(target) && Files.getFileStore(next).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(target));
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
