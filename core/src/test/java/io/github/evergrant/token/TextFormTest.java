package io.github.evergrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How what holds tokens prints. */
final class TextFormTest {

    private static final TokenData DATA = new TokenData(
            "rs",
            Secret.of("canary-access"),
            Secret.of("canary-refresh"),
            "Bearer",
            Scopes.of("all"),
            Expiry.at(Instant.EPOCH),
            "ada",
            Map.of("note", "canary-extra"));

    @Test
    @DisplayName("W28: no text form shows a token, an id token, or what a server sent beside them")
    void no_text_form_shows_a_token() {
        TokenResponse response = new TokenResponse(
                Map.of("rs", DATA),
                Secret.of("canary-id"),
                Instant.EPOCH,
                Map.of("note", "canary-extra"),
                List.of("an oddity"));
        for (Object each : List.of(
                DATA,
                response,
                DATA.access(),
                DATA.accessToken(),
                DATA.fingerprint(),
                response.id().orElseThrow())) {
            assertThat(each.toString()).doesNotContain("canary");
        }
        assertThat(response.toString()).contains("rs", "all", "ada", "note", "an oddity");
    }

    @Test
    void two_secrets_can_be_told_apart() {
        assertThat(Secret.of("canary-1"))
                .hasToString("Secret[" + Secret.of("canary-1").prefix() + "…]");
        assertThat(Secret.of("canary-1").prefix())
                .hasSize(8)
                .isNotEqualTo(Secret.of("canary-2").prefix());
    }
}
