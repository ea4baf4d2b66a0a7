package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a process leaves in a store's folder when it is killed, read with nothing of ours. */
record Remains(Path store, boolean isDatabase) {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The refresh token that is stored; an error unless all is whole and nothing strange lies about. */
    String wholeRefreshToken(String session, String resourceServer) throws Exception {
        requireNothingStrange();
        JsonNode record = isDatabase
                ? fromDatabase(session, resourceServer)
                : STRICT.readTree(Files.readAllBytes(store))
                        .path("data")
                        .path(session)
                        .path(resourceServer);
        assertThat(record.path("access_token").asString("")).isNotEmpty();
        assertThat(record.path("resource_server").asString("")).isEqualTo(resourceServer);
        assertThat(record.path("refresh_token").asString("")).isNotEmpty();
        return record.path("refresh_token").asString();
    }

    private JsonNode fromDatabase(String session, String resourceServer) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("pragma integrity_check")) {
                assertThat(check.next()).isTrue();
                assertThat(check.getString(1)).isEqualTo("ok");
                assertThat(check.next()).isFalse();
            }
            List<JsonNode> rows = new ArrayList<>();
            try (ResultSet found =
                    statement.executeQuery("select namespace, resource_server, token_data_json from token_storage")) {
                while (found.next()) {
                    assertThat(found.getString(1)).isEqualTo(session);
                    assertThat(found.getString(2)).isEqualTo(resourceServer);
                    rows.add(STRICT.readTree(found.getString(3)));
                }
            }
            assertThat(rows).hasSize(1);
            return rows.get(0);
        }
    }

    /** Beside the store only what docs and SQLite name, and temporary files by whose names nobody opens a store. */
    private void requireNothingStrange() throws IOException {
        String name = store.getFileName().toString();
        List<String> known =
                new ArrayList<>(isDatabase ? List.of(name + "-journal", name + "-wal", name + "-shm") : List.of());
        known.addAll(List.of(name, name + ".lock", name + ".d"));
        try (Stream<Path> found = Files.walk(store.resolveSibling(""))) {
            for (Path each : found.filter(Files::isRegularFile).toList()) {
                String file = each.getFileName().toString();
                boolean journal = store.resolveSibling(name + ".d").equals(each.getParent())
                        && file.matches("[a-z0-9-]+\\.journal");
                assertThat(known.contains(file) || journal || isTemporary(file))
                        .as(each.toString())
                        .isTrue();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private static boolean isTemporary(String file) {
        return file.startsWith(".") && file.endsWith(".tmp");
    }

    /** Whether there is a transaction to be undone by whoever opens the database next. */
    boolean isHalfDone() {
        return isDatabase && Files.exists(store.resolveSibling(store.getFileName() + "-journal"));
    }

    /** Files that dead processes have not finished. */
    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> found = Files.walk(store.resolveSibling(""))) {
            return found.filter(each -> isTemporary(each.getFileName().toString()))
                    .toList();
        }
    }
}
