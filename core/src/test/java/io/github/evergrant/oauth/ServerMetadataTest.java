package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerMetadataTest {

    private static final String ISSUER = "https://auth.globus.org";

    @Test
    void keys_and_asymmetric_algorithms_are_read() throws Exception {
        ServerMetadata metadata = ServerMetadata.read(document("https://auth.globus.org/jwk.json"), ISSUER);

        assertThat(metadata.jwks()).isEqualTo(URI.create("https://auth.globus.org/jwk.json"));
        assertThat(metadata.idTokenAlgorithms()).containsExactly("RS512");
        assertThat(ServerMetadata.place(ISSUER))
                .isEqualTo(URI.create("https://auth.globus.org/.well-known/openid-configuration"))
                .isEqualTo(ServerMetadata.place(ISSUER + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://auth.globus.org/",
                "https://AUTH.globus.org",
                "https://evil.example",
                "http://auth.globus.org"
            })
    void another_issuer_is_not_believed(String other) {
        assertThatThrownBy(() -> ServerMetadata.read(document("https://auth.globus.org/jwk.json"), other))
                .isInstanceOf(ServerMetadata.Unusable.class)
                .hasMessageContaining("another issuer");
    }

    @ParameterizedTest
    @CsvSource({
        "https://keys.example.org/k, true",
        "http://auth.globus.org/k, false",
        "http://127.0.0.1:1/k, false",
        "file:///etc/passwd, false"
    })
    void keys_come_over_https(String jwks, boolean allowed) {
        assertThat(ServerMetadata.mayServeKeys(URI.create(jwks), ISSUER)).isEqualTo(allowed);
    }

    @Test
    void keys_of_an_issuer_on_this_machine_come_from_the_very_same_server() {
        String local = "http://127.0.0.1:8080/globus/auth";

        assertThat(ServerMetadata.mayServeKeys(URI.create("http://127.0.0.1:8080/jwk"), local))
                .isTrue();
        assertThat(ServerMetadata.mayServeKeys(URI.create("http://127.0.0.1:8081/jwk"), local))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "<html>", "{\"issuer\":7}", "{\"issuer\":\"https://auth.globus.org\"}"})
    void a_malformed_document_is_not_believed(String json) {
        assertThatThrownBy(() -> ServerMetadata.read(json, ISSUER)).isInstanceOf(ServerMetadata.Unusable.class);
        assertThatThrownBy(() -> ServerMetadata.read("[".repeat(200_000), ISSUER))
                .isInstanceOf(ServerMetadata.Unusable.class);
    }

    /** The captured document, with its keys elsewhere and one more algorithm that a client must not use. */
    private static String document(String jwks) {
        Golden captured = Golden.exchanges("openid_configuration_and_jwk")
                .get(0)
                .at("response")
                .at("json");
        Map<String, @Nullable Object> json = new HashMap<>(captured.object());
        json.put("jwks_uri", jwks);
        json.put("id_token_signing_alg_values_supported", List.of("RS512", "HS256", "none"));
        return Written.json(json);
    }
}
