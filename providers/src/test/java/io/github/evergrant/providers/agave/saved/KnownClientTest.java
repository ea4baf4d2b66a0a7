package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files say with whom a session is and by which client: whoever opens it need not. */
final class KnownClientTest {

    private static final String NAME = "sd2e/ada/c1";

    @TempDir
    private Path folder;

    private SessionFacts facts() {
        try (Evergrant door = Evergrant.open(Saved.open(folder), EvergrantSettings.defaults())) {
            return door.session(NAME).facts().orElseThrow();
        }
    }

    @Test
    void a_session_of_a_tenant_is_known_with_its_client() {
        Saved.open(folder).saveAsPython(session("sd2e", "https://api.sd2e.org/", "ada", "c1", 1, CLOCK));

        SessionFacts facts = facts();

        assertThat(facts.provider()).isEqualTo("agave");
        assertThat(facts.environment()).isEqualTo("sd2e");
        assertThat(facts.tokenEndpoint()).hasToString("https://api.sd2e.org/token");
        assertThat(facts.base()).isNull();
        assertThat(facts.client().id()).isEqualTo("key-0001");
        assertThat(facts.account().username()).isEqualTo("ada");
        assertThat(facts.resourceServer()).isEqualTo("agave");
        assertThat(Files.exists(folder.resolve("config.json.d")))
                .as("looking writes nothing")
                .isFalse();
    }

    @Test
    void a_tenant_on_this_machine_is_a_sandboxs() {
        Saved.open(folder).saveAsPython(session("sd2e", "http://127.0.0.1:8765/agave/sd2e", "ada", "c1", 1, CLOCK));

        assertThat(facts().base()).hasToString("http://127.0.0.1:8765");
    }

    @Test
    void whoever_saves_another_client_there_means_it() {
        SavedSession first = session("sd2e", "https://api.sd2e.org/", "ada", "c1", 1, CLOCK);
        Saved.open(folder).saveAsPython(first);
        assertThat(facts().client().id()).isEqualTo("key-0001");

        Saved.open(folder)
                .saveAsPython(first.withClient("c1", "key-0009", Secret.of("sec-0009"))
                        .withTokens(first.tokens()));

        assertThat(facts().client().id()).isEqualTo("key-0009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not an address"})
    @DisplayName("Q19: an address that is missing is made up of nothing else")
    void what_is_missing_or_no_address_is_not_guessed(String base) {
        Saved.open(folder).saveAsPython(session("sd2e", base, "ada", "c1", 1, CLOCK));

        try (Evergrant door = Evergrant.open(Saved.open(folder), EvergrantSettings.defaults())) {
            assertThat(door.session(NAME).facts()).isEmpty();
        }
    }
}
