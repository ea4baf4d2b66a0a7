package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.file.CompanionFile;
import io.github.evergrant.storage.file.CompanionFile.Content;
import io.github.evergrant.storage.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file {@code current} (docs/protocols/agave.md section 4.4), also where it still stands in the folder's place. */
final class CurrentFile {

    private final CompanionFile file;
    private final List<CompanionFile> old;

    /**
     * @param file where it belongs
     * @param old where it may be before the first write
     */
    CurrentFile(CompanionFile file, List<CompanionFile> old) {
        this.file = file;
        this.old = List.copyOf(old);
    }

    /** What it holds, an object or an array; null when there is none. */
    @Nullable
    Content<Object> read() {
        Content<Object> there = file.read(CurrentFile::parse);
        CompanionFile before = there == null ? before().orElse(null) : null;
        return before == null ? there : before.read(CurrentFile::parse);
    }

    private static Object parse(byte[] bytes) throws MalformedDocument {
        Object value = Json.read(bytes);
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return value;
        }
        throw new MalformedDocument("it is neither an object nor an array");
    }

    private Optional<CompanionFile> before() {
        return old.stream().filter(each -> Files.isRegularFile(each.path())).findFirst();
    }

    /** What a save that was cut short left, in the time until the next one: programs that read only this file notice. */
    Optional<StorageFailure> outdated(SavedFiles files, Path config) {
        return Optional.ofNullable(files.outdatedInCurrentFile())
                .map(inUse -> inUse.name().text())
                .map(name -> new StorageFailure(Problem.of(
                                "current_outdated",
                                "Session " + name + " has an older token pair in " + path() + " than in " + config
                                        + ": a save was cut short.")
                        .withAdvice("Make the session the one in use once more; any save does that, too.")
                        .withSession(name)
                        .withPath(path())));
    }

    boolean exists() {
        return file.exists() || before().isPresent();
    }

    Path path() {
        return file.path();
    }

    Object sign() {
        return file.sign();
    }

    /** As {@link CompanionFile#replace}; what stood in the folder's place is in it by then. */
    void replace(@Nullable Content<?> expected, byte[] next) {
        file.replace(expected, next);
    }

    void delete(byte[] expected) {
        file.delete(expected);
    }
}
