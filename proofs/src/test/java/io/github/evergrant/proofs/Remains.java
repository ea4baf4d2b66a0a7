package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a process leaves in a store's folder when it is killed, read with nothing of ours. */
abstract class Remains {

    static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path main;
    private final Path folder;
    private final List<Path> known;

    /**
     * What is at a place.
     *
     * @param main the file beside which our lock and journals are
     * @param folder all of the store, and nothing else
     * @param more further files that may be there
     */
    Remains(Path main, Path folder, List<Path> more) {
        this.main = main;
        this.folder = folder;
        this.known = Stream.concat(Stream.of(main, beside(main, ".lock")), more.stream())
                .toList();
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** The pair that is stored; an error unless all is whole and nothing strange lies about. */
    final Pair wholePair(String session, String resourceServer) throws Exception {
        requireNothingStrange();
        JsonNode record = record(session, resourceServer);
        assertThat(record.path("access_token").asString("")).isNotEmpty();
        return new Pair(
                record.path("access_token").asString(),
                record.path("refresh_token").asString(""));
    }

    /** The record of the only session; an error unless all is whole. */
    abstract JsonNode record(String session, String resourceServer) throws Exception;

    /** What of a save there is beside what was before it, in words, for whoever comes next to undo or to complete. */
    abstract List<String> unfinished() throws IOException;

    /** Beside the store only what docs and SQLite name, and temporary files by whose names nobody opens a store. */
    private void requireNothingStrange() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.filter(Files::isRegularFile).toList()) {
                boolean journal = beside(main, ".d").equals(each.getParent())
                        && each.getFileName().toString().matches("[A-Za-z0-9_-]+\\.journal");
                assertThat(known.contains(each) || journal || isTemporary(each))
                        .as(each.toString())
                        .isTrue();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(".tmp");
    }

    /** Files that dead processes have not finished. */
    final List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Remains::isTemporary).toList();
        }
    }
}
