package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a reply to a renewal may bring or lack, and what the session then holds. */
final class RepliesTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER, GROUPS);
        stage.spend();
    }

    private TokenData bare(String resourceServer, String access) {
        return TokenData.bearer(
                resourceServer,
                Secret.of(access),
                Expiry.at(stage.clock.instant().plusSeconds(900)));
    }

    private TokenData stored(String resourceServer) {
        return stage.storage.read("tour", resourceServer).orElseThrow();
    }

    @Test
    @DisplayName("54: a reply for two resource servers renews both (Python: an error)")
    void a_reply_for_two_resource_servers_renews_both() {
        stage.provider.next(current -> new Outcome.Granted(TokenResponse.of(
                stage.clock.instant(),
                bare(TRANSFER, "new-transfer").withRefreshToken(Secret.of("refresh-transfer")),
                bare(GROUPS, "new-groups").withRefreshToken(Secret.of("refresh-groups")))));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("new-transfer");
        assertThat(stage.accessToken(GROUPS)).isEqualTo("new-groups");
        assertThat(stored(GROUPS).refreshToken()).isEqualTo(Secret.of("refresh-groups"));
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    @DisplayName("55: the refresh token of a reply is stored and sent next")
    void the_refresh_token_of_a_reply_is_sent_next() {
        stage.accessToken(TRANSFER);
        String fresh = stored(TRANSFER).refresh().orElseThrow().reveal();
        stage.spend();
        stage.accessToken(TRANSFER);
        assertThat(stage.provider.asked).containsExactly("refresh-3", fresh);
        assertThat(stage.provider.reuses).isZero();
    }

    @Test
    @DisplayName("W2: identity, scopes and unknown fields survive a reply that lacks them")
    void what_a_reply_does_not_say_stays() {
        TokenData known = stage.provider
                .login(TRANSFER)
                .first()
                .withIdentityId("ada")
                .withScopes(Scopes.of("all"))
                .withExtra(Map.of("mark", true));
        stage.keep(TokenResponse.of(stage.clock.instant(), known));
        stage.spend();
        stage.provider.next(
                current -> new Outcome.Granted(TokenResponse.of(stage.clock.instant(), bare(TRANSFER, "new"))));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("new");
        assertThat(stored(TRANSFER).identity()).contains("ada");
        assertThat(stored(TRANSFER).scopes()).isEqualTo(Scopes.of("all"));
        assertThat(stored(TRANSFER).extra()).isEqualTo(Map.of("mark", true));
    }

    @Test
    @DisplayName("W33: a renewal that is answered with trouble is not repeated at once; one without an answer is, once")
    void only_a_renewal_without_an_answer_is_repeated() {
        stage.provider.next(current -> new Outcome.Unavailable("status 503", null));
        assertThatThrownBy(() -> stage.renewal().obtain(TRANSFER, Stage.patient(Duration.ofMillis(10))))
                .isInstanceOf(TemporarilyUnavailable.class);
        assertThat(stage.provider.asked).hasSize(1);
        stage.clock.forward(Duration.ofSeconds(31));
        stage.provider.next(current -> new Outcome.Unanswered("dropped"));
        stage.provider.next(current -> new Outcome.Unanswered("dropped again"));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(stage.provider.asked).hasSize(3).containsOnly("refresh-3");
    }
}
