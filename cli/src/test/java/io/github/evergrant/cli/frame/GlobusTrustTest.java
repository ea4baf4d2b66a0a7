package io.github.evergrant.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.providers.globus.GlobusVariables;
import io.github.evergrant.testing.TlsServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a variable of Globus' makes the program trust, and for which addresses. */
final class GlobusTrustTest {

    @TempDir
    private static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void serve() throws Exception {
        server = TlsServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void its_certificates_are_believed_where_globus_is_and_nowhere_else() throws Exception {
        Map<String, String> variables = Map.of(
                "GLOBUS_SDK_VERIFY_SSL", server.certificate().toString(),
                "GLOBUS_SDK_SERVICE_URL_GROUPS", server.at("localhost").toString());

        assertThat(get(variables, server.at("localhost")).status()).isEqualTo(204);

        int before = server.arrived();
        Map<String, String> elsewhere = Map.of(
                "GLOBUS_SDK_VERIFY_SSL",
                server.certificate().toString(),
                "GLOBUS_SDK_SERVICE_URL_GROUPS",
                "https://localhost:1/");
        assertThatThrownBy(() -> get(elsewhere, server.at("localhost")))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("TLS handshake");
        assertThat(server.arrived()).isEqualTo(before);
    }

    @Test
    void a_variable_that_may_not_be_obeyed_stops_what_goes_to_globus_and_nothing_else() {
        Map<String, String> no = Map.of("GLOBUS_SDK_VERIFY_SSL", "no");
        for (String globus : new String[] {
            "https://auth.globus.org/", "https://groups.api.test.globuscs.info/", "https://abc.data.globus.org/x"
        }) {
            assertThatThrownBy(() -> get(no, URI.create(globus)))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("insecure_variable"));
        }
        assertThatThrownBy(() -> get(no, server.at("localhost"))).isInstanceOf(HttpFailure.class);
        assertThat(new GlobusVariables(Map.of()).areAbout(URI.create("https://notglobus.org/")))
                .isFalse();
        assertThat(new GlobusVariables(Map.of()).areAbout(URI.create("https://globus.org.example/")))
                .isFalse();
    }

    private static HttpReply get(Map<String, String> variables, URI uri) throws HttpFailure {
        try (GlobusTrust sender =
                GlobusTrust.of(new GlobusVariables(variables), HttpSettings.defaults(), InstantSource.system())) {
            return sender.send(HttpCall.get(uri), Duration.ofSeconds(10), 99);
        }
    }
}
