package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Secret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpatiaFiClientsTest {

    private static final BasicToken TOKEN = new BasicToken(Secret.of("BASIC.ACCESS.TOKEN"), Recorder.NOW);

    private final Recorder recorder = new Recorder();
    private final SpatiaFiClients clients = new SpatiaFiClients(recorder.data, recorder);

    @Test
    @DisplayName(
            "spatiafi 6: app credentials are created by a POST with the slash, the token, no body and no content type")
    void a_creation_sends_what_the_references_send() {
        recorder.reply(201, Captured.reply("first-run/02"));

        AppCredentials made = clients.create(TOKEN);

        Captured.request("first-run/02").isSentBy(recorder.only());
        Captured.request("tutorial-full/02").isSentBy(recorder.only());
        assertThat(made)
                .isEqualTo(new AppCredentials(
                        "99999999-8888-4777-8666-555555555555",
                        "11111111-2222-4333-8444-555555555555",
                        Secret.of("FAKE-app-secret-0123456789-abcdefghijklmnop")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"detail\":\"Unauthorized BASIC.ACCESS.TOKEN\"}|token_refused",
                "403|{}|token_refused",
                "307||provider_refused",
                "500|x|provider_unavailable",
                "201|[]|reply_unreadable",
                "201|{\"client_id\":\"i\"}|client_without_secret",
                "201|{\"client_id\":\"\",\"client_secret\":\"s\"}|client_without_secret",
                "201|{\"client_id\":\"i\",\"client_secret\":\" \"}|client_without_secret",
            })
    void whatever_is_no_pair_is_an_error(int status, String body, String code) {
        recorder.reply(status, body == null ? "" : body);

        assertThatThrownBy(() -> clients.create(TOKEN)).isInstanceOfSatisfying(EvergrantException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.toString()).doesNotContain("BASIC.ACCESS");
        });
        assertThat(recorder.sent).hasSize(1);
    }

    @Test
    void a_lost_answer_is_in_doubt_and_a_refused_token_wants_a_login() {
        recorder.silence().reply(401, Captured.reply("server-rejects-token-401/02"));

        assertThatThrownBy(() -> clients.create(TOKEN))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class,
                        e -> assertThat(e.advice()).contains("created all the same"));
        assertThatThrownBy(() -> clients.create(TOKEN))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.advice()).contains("log in by password again"));
    }
}
