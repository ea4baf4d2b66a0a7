package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.evergrant.error.InvalidInput;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final AtomicInteger ARRIVED = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static Path pem;

    @BeforeAll
    static void serveWithACertificateNobodyKnows() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "s",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Certificate certificate = keys.getCertificate("s");
        pem = folder.resolve("ca.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            ARRIVED.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void an_unknown_certificate_ends_the_handshake_before_anything_is_sent() {
        int before = ARRIVED.get();
        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> post("localhost", HttpSettings.defaults()));

        assertThat(failure).hasMessageContaining("TLS handshake");
        assertThat(failure.maybeSent()).isFalse();
        assertThat(ARRIVED).hasValue(before);
    }

    @Test
    void a_file_of_certificates_is_believed_for_its_names_only() throws Exception {
        HttpSettings settings = HttpSettings.defaults().withCaFile(pem);

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
            URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
            return sender.send(HttpCall.postForm(uri, "a=b"), Duration.ofSeconds(5), 9);
        }
    }
}
