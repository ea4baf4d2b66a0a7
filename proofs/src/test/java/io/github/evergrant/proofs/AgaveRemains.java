package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of Agave's Python library, by its own rules (docs/protocols/agave.md section 4), and beside them what they
 * cannot hold.
 */
final class AgaveRemains extends Remains {

    private static final List<String> FIELDS = List.of(
            "tenantid",
            "baseurl",
            "devurl",
            "apisecret",
            "apikey",
            "username",
            "access_token",
            "refresh_token",
            "created_at",
            "expires_in",
            "expires_at");

    private final Path config;
    private final Path current;
    private final Path remainders;

    AgaveRemains(Path folder) {
        super(folder.resolve("config.json"), folder, List.of(current(folder), remainders(folder)));
        this.config = folder.resolve("config.json");
        this.current = current(folder);
        this.remainders = remainders(folder);
    }

    private static Path current(Path folder) {
        return folder.resolve("current");
    }

    private static Path remainders(Path folder) {
        return folder.resolve("config.json.d/remainders.json");
    }

    /** Both files are whole records, neither of two pairs; the further state belongs to the pair that counts. */
    @Override
    JsonNode record(String session, String resourceServer) throws IOException {
        JsonNode all = tree(config);
        String[] path = session.split("/");
        JsonNode record = all.path("sessions").path(path[0]).path(path[1]).path(path[2]);
        assertThat(record.propertyNames()).containsExactlyElementsOf(FIELDS);
        assertThat(record.path("tenantid").asString()).isEqualTo(path[0]);
        assertThat(record.path("username").asString()).isEqualTo(path[1]);
        assertThat(record.path("apikey").asString("")).isNotEmpty();
        assertThat(record.path("apisecret").asString("")).isNotEmpty();
        assertThat(all.path("current").propertyNames()).containsExactly(path[2]);
        assertThat(all.path("current").path(path[2])).isEqualTo(record);
        ObjectNode inUse = (ObjectNode) tree(current);
        inUse.remove("client_name");
        assertThat(inUse.propertyNames()).containsExactlyInAnyOrderElementsOf(FIELDS);
        if (pair(inUse).equals(pair(record))) {
            assertThat(inUse).isEqualTo(record);
        } else {
            // So that whoever reads both knows which one counts.
            assertThat(createdAt(inUse)).isLessThan(createdAt(record));
        }
        JsonNode more = states(session).stream()
                .filter(state -> state.path("pair").asString("").equals(pair(record)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing goes with the pair in " + config));
        assertThat(more.path("records").path(resourceServer).path("scope").asString(""))
                .isEqualTo("default");
        return record;
    }

    private static JsonNode tree(Path file) throws IOException {
        return STRICT.readTree(Files.readAllBytes(file));
    }

    private List<JsonNode> states(String session) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        tree(remainders).path("sessions").path(session).forEach(all::add);
        return all;
    }

    private static long createdAt(JsonNode record) {
        return Long.parseLong(record.path("created_at").asString());
    }

    /** The fingerprint of a record's pair, as docs/renewal.md section 1 has it. */
    private static String pair(JsonNode record) {
        String access = record.path("access_token").asString();
        String both =
                access.length() + ":" + access + record.path("refresh_token").asString();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(both.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files that are ahead of the next one. */
    @Override
    List<String> unfinished() throws IOException {
        Map.Entry<String, JsonNode> inUse =
                tree(config).path("current").properties().iterator().next();
        JsonNode record = inUse.getValue();
        String whose = record.path("tenantid").asString() + "/"
                + record.path("username").asString();
        List<JsonNode> states = states(whose + "/" + inUse.getKey());
        List<String> files = new ArrayList<>();
        if (!states.get(states.size() - 1).path("pair").asString().equals(pair(record))) {
            files.add("behind remainders.json");
        }
        if (!pair(tree(current)).equals(pair(record))) {
            files.add("behind config.json");
        }
        return files;
    }
}
