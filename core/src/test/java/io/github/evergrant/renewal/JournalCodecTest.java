package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a journal says, whoever wrote it. */
final class JournalCodecTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void what_is_not_known_is_kept_as_long_as_the_session_goes_on() {
        Map<String, @Nullable Object> journal = stage.storage.journal("tour").read();
        journal.put("color", Map.of("of", "later"));
        stage.storage.journal("tour").write(journal);
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        stage.login(TRANSFER);
        assertThat(stage.storage.journal("tour").read()).containsEntry("color", Map.of("of", "later"));
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        assertThat(stage.storage.journal("tour").read()).doesNotContainKey("color");
    }

    @Test
    void a_record_whose_unknown_fields_are_as_deep_as_can_be_read_is_renewed() throws Exception {
        // In the document and among the journal's heads four levels are around it, in its answer five.
        String nested = "[".repeat(96) + "]".repeat(96);
        assumeThat(Stage.isFile()).as("written as text").isTrue();
        String text = Stage.bytes(stage.file)
                .replace("\"access_token\": \"access-2\"", "\"access_token\": \"foreign\", \"deep\": " + nested);
        Files.writeString(stage.file, text);
        TokenData foreign = stage.storage.read("tour", TRANSFER).orElseThrow();
        assertThat(foreign.extra()).containsKey("deep");
        stage.spend();

        String renewed = stage.accessToken(TRANSFER);

        assertThat(stage.stored(TRANSFER)).isEqualTo(renewed).isNotEqualTo("foreign");
        assertThat(Stage.bytes(stage.file)).contains(nested);
        assertThat(stage.provider.reuses).isZero();
        Json.write(JournalCodec.write(stage.journal()));
        assertThat(Objects.requireNonNull(stage.journal().heads.get(TRANSFER))
                        .data()
                        .extra())
                .isEmpty();
    }
}
