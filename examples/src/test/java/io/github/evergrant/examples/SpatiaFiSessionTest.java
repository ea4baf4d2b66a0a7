package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.session.Evergrant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's two functions, for programs of one's own. */
final class SpatiaFiSessionTest {

    @TempDir
    private Path home;

    @Test
    @DisplayName(
            "spatiafi 20, spatiafi 21, spatiafi 23: what is missing, damaged or of another name loads nothing, and goes on")
    void what_is_missing_damaged_or_of_another_name_loads_nothing() throws Exception {
        Path file = home.resolve("app_credentials");
        Map<String, String> before = new HashMap<>(System.getenv());

        assertThat(printed(file)).isEqualTo("Error occurred: there is no file " + file + "\n");
        Files.writeString(file, "{nope");
        assertThat(printed(file))
                .isEqualTo("Error occurred: the file " + file + " holds no app credentials: it is no JSON\n");
        Files.writeString(file, "{\"path\": \"/evil\", \"client_id\": \"FROM-FILE\"}");
        assertThat(printed(file)).isEmpty();

        before.put("CLIENT_ID", "FROM-FILE");
        assertThat(SpatiaFiSession.loadSpatiafiCredentials(new CredentialsFile(file)))
                .isEqualTo(before);
    }

    @Test
    void a_session_of_credentials_goes_on_and_without_them_it_is_said_what_is_missing() {
        try (SpatiaFiPlay play = new SpatiaFiPlay(home);
                Evergrant evergrant = Evergrant.open("memory:")) {
            ProviderData data = new SpatiaFiProvider().describe(play.service(), null);
            String secret = Objects.requireNonNull(SpatiaFiProvider.SANDBOX_CLIENT.secret())
                    .reveal();
            Map<String, String> environment =
                    Map.of("CLIENT_ID", SpatiaFiProvider.SANDBOX_CLIENT.id(), "CLIENT_SECRET", secret);

            SpatiaFiSession.getSession(environment, data, evergrant).renewNow();

            assertThat(play.requests("token.client_credentials")).isEqualTo(2);
            assertThatThrownBy(() -> SpatiaFiSession.getSession(Map.of("CLIENT_ID", "i"), data, evergrant))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("credentials_missing"));
        }
    }

    private static String printed(Path file) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            SpatiaFiSession.loadSpatiafiCredentials(new CredentialsFile(file));
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
