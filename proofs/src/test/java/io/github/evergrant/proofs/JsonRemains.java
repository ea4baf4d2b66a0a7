package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One JSON document, which is replaced as a whole. */
final class JsonRemains extends Remains {

    private final Path store;

    JsonRemains(Path store) {
        super(store, store.resolveSibling(""), List.of());
        this.store = store;
    }

    @Override
    JsonNode record(String session, String resourceServer) throws IOException {
        JsonNode record = STRICT.readTree(Files.readAllBytes(store))
                .path("data")
                .path(session)
                .path(resourceServer);
        assertThat(record.path("resource_server").asString("")).isEqualTo(resourceServer);
        return record;
    }

    @Override
    List<String> unfinished() {
        return List.of();
    }
}
