package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgaveFaultTest {

    private static Optional<AgaveFault> in(int status, String body) {
        return AgaveFault.in(new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway-fault-900901-401.xml,900901,Invalid Credentials,true",
        "gateway-fault-900903-401.xml,900903,Access Token Expired,true",
        "gateway-fault-900904-401.xml,900904,Access Token Inactive,true",
        "gateway-fault-expired-401.json,900901,Invalid Credentials,true",
        "gateway-fault-other-401.json,900902,Missing Credentials,false",
    })
    @DisplayName("32, 33, 34, Q45: which faults are the token's, in XML and in JSON")
    void which_faults_are_the_tokens(String sample, String code, String message, boolean ofToken) {
        AgaveFault fault = in(401, Captured.text("samples/" + sample)).orElseThrow();

        assertThat(fault).isEqualTo(new AgaveFault(code, message));
        assertThat(fault.isOfToken()).isEqualTo(ofToken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<fault><code>900903</code></fault>",
                "<x:f xmlns:x='u'><x:c> 900904 </x:c><x:m>m</x:m></x:f>",
                "<?xml version='1.0'?>\n<!-- c --><f><c>900901</c><m/></f>",
                "  {\"fault\":{\"code\":\"900903\"}}",
                "{\"fault\":{\"message\":\"Invalid Credentials!\"}}",
            })
    void the_first_child_is_the_code_whatever_it_is_called(String body) {
        assertThat(in(401, body).orElseThrow().isOfToken()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<f><c>900900</c></f>",
                "<amt:fault xmlns:amt='t'><amt:code>900800</amt:code></amt:fault>",
                "{\"fault\":{\"code\":900910,\"message\":\"The access token does not allow you\"}}",
                "{\"fault\":{}}",
            })
    @DisplayName("34: other faults are not the token's")
    void other_faults_are_not_the_tokens(String body) {
        assertThat(in(401, body).orElseThrow().isOfToken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Unauthorized 900903",
                "<html><p>900903",
                "{\"error\":\"invalid_token\"}",
                "{\"fault\":\"Invalid Credentials\"}",
                "[900903]",
                "<!DOCTYPE f [<!ENTITY e '900903'>]><f><c>&e;</c></f>",
            })
    @DisplayName("34: what is no fault is none")
    void what_is_no_fault_is_none(String body) {
        assertThat(in(401, body).filter(AgaveFault::isOfToken)).isEmpty();
    }

    @Test
    void a_success_is_never_a_fault_and_entities_reach_for_nothing() throws Exception {
        assertThat(in(200, Captured.text("samples/gateway-fault-900903-401.xml")))
                .isEmpty();
        String file = java.nio.file.Files.writeString(java.nio.file.Files.createTempFile("entity", ".txt"), "900903")
                .toUri()
                .toString();
        assertThat(in(401, "<!DOCTYPE f [<!ENTITY e SYSTEM '" + file + "'>]><f><c>&e;</c></f>")
                        .filter(AgaveFault::isOfToken))
                .isEmpty();
    }
}
