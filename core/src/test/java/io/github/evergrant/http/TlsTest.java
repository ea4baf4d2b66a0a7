package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.testing.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

    @TempDir
    private static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void serveWithACertificateNobodyKnows() throws Exception {
        server = TlsServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_unknown_certificate_ends_the_handshake_before_anything_is_sent() {
        int before = server.arrived();
        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> post("localhost", HttpSettings.defaults()));

        assertThat(failure).hasMessageContaining("TLS handshake");
        assertThat(failure.maybeSent()).isFalse();
        assertThat(server.arrived()).isEqualTo(before);
    }

    @Test
    void a_file_of_certificates_is_believed_for_its_names_only() throws Exception {
        HttpSettings settings = HttpSettings.defaults().withCaFile(server.certificate());

        assertThat(post("localhost", settings).status()).isEqualTo(204);
        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> post("127.0.0.1", settings));
        assertThat(failure.maybeSent()).isFalse();
    }

    @Test
    void verification_can_be_turned_off_under_its_ugly_name() throws Exception {
        HttpSettings settings = HttpSettings.defaults().withInsecureSkipTlsVerify(true);

        assertThat(post("127.0.0.1", settings).status()).isEqualTo(204);
    }

    @Test
    void a_file_without_certificates_is_refused() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        for (Path file : new Path[] {empty, folder.resolve("none.pem")}) {
            assertThatThrownBy(() -> post("localhost", HttpSettings.defaults().withCaFile(file)))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("ca_file_unreadable"));
        }
    }

    private static HttpReply post(String host, HttpSettings settings) throws HttpFailure {
        try (JdkHttpSender sender = new JdkHttpSender(settings, InstantSource.system())) {
            return sender.send(HttpCall.postForm(server.at(host), "a=b"), Duration.ofSeconds(5), 9);
        }
    }
}
