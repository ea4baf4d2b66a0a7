package io.github.evergrant.providers.agave.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a created client to a saved session, and from a saved session to its tenant. */
final class SavedSessionTest {

    private static final AgaveProvider AGAVE = new AgaveProvider(Map.of());
    private static final Tenant SD2E = new Tenant("sd2e", "SD2E Tenant", "https://api.sd2e.org/");
    private static final CreatedClient CLIENT = new CreatedClient("c1", "key-0001", Secret.of("sec-0001"));

    @TempDir
    private Path folder;

    @Test
    @DisplayName("41: a created client is saved with five empty fields, found again, and good for a login")
    void a_created_client_is_saved() {
        SavedSession made = SavedSession.ofClient(SD2E, "ada", CLIENT);
        assertThat(made.name()).isEqualTo("sd2e/ada/c1");
        assertThat(made.baseUrl()).isEqualTo("https://api.sd2e.org");
        assertThat(made.tokens()).isNull();

        Saved.open(folder).save(made);

        assertThat(Saved.open(folder).find(Selection.CURRENT)).isEqualTo(made);
        assertThat(made.origin(AGAVE.dataOf(made.place(), null)).client()).isEqualTo(CLIENT.client());
        assertThat(Saved.in(folder.resolve("config.json"), "current", "c1", "access_token"))
                .isEqualTo("");
    }

    @Test
    @DisplayName("Q13: a client that is created anew under the same name takes nothing over from the former one")
    void a_client_created_anew() {
        Saved.open(folder).save(Saved.sd2e("c1", 7, Saved.CLOCK));

        Saved.open(folder).save(SavedSession.ofClient(SD2E, "ada", CLIENT));

        assertThat(Saved.open(folder).saved()).containsExactly(SavedSession.ofClient(SD2E, "ada", CLIENT));
        assertThat(Saved.text(folder.resolve("config.json"))).doesNotContain("acc-0007", "ref-0007", "sec-0007");
    }

    @Test
    void a_session_leads_to_its_tenant() {
        SavedSession made = SavedSession.ofClient(SD2E, "ada", CLIENT);
        assertThat(AGAVE.dataOf(made.place(), null)).isEqualTo(AGAVE.describe("sd2e", null));
    }

    @Test
    void a_tenant_without_an_id_goes_by_its_address() {
        Tenant nameless = new Tenant("https://agave.example.org", "", "https://agave.example.org/");

        SavedSession made = SavedSession.ofClient(nameless, "ada", CLIENT);

        assertThat(made.tenant()).isEqualTo("https://agave.example.org");
        assertThat(AGAVE.dataOf(made.place(), null)).isEqualTo(AGAVE.describe("https://agave.example.org", null));
        Saved.open(folder).save(made);
        assertThat(Saved.open(folder).saved(made.name())).contains(made);
    }

    @Test
    void a_session_that_does_not_say_where_its_tenant_is_leads_nowhere() {
        SavedSession lost = new SavedSession("sd2e", "", "ada", "c1", "k", Secret.of("s"), null);
        assertThatThrownBy(() -> AGAVE.dataOf(lost.place(), null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> SavedSession.ofClient(new Tenant("x", "", "http://x.example/"), "ada", CLIENT))
                .isInstanceOf(InvalidInput.class);
    }
}
