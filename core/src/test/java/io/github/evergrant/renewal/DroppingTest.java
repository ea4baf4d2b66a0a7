package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of some of a session's records. */
final class DroppingTest extends StagedTest {

    private final List<TokenData> revoked = new ArrayList<>();

    @Test
    @DisplayName("LogoutOfSomeLeavesTheRest")
    void what_is_named_goes_and_the_rest_goes_on() {
        stage.login(TRANSFER, GROUPS);
        TokenData groups = stage.storage.read("tour", GROUPS).orElseThrow();
        Map<String, TokenData> before = stage.load();

        drop(GROUPS);

        assertThat(revoked).extracting(TokenData::fingerprint).containsExactly(groups.fingerprint());
        assertThat(stage.storage.read("tour")).containsOnlyKeys(TRANSFER);
        assertThatThrownBy(() -> stage.accessToken(GROUPS))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_resource_server"));
        stage.rewrite(before);
        // Another program that wrote back what it had read does not bring it back.
        assertThatThrownBy(() -> stage.accessToken(GROUPS)).isInstanceOf(LoginRequired.class);
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        stage.login(GROUPS);
        assertThat(stage.accessToken(GROUPS)).isEqualTo(stage.stored(GROUPS));
    }

    @Test
    void a_name_without_tokens_is_passed_over() {
        stage.login(TRANSFER);

        drop(GROUPS);

        assertThat(revoked).isEmpty();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_refresh_token_that_others_live_on_is_not_revoked() {
        stage.keep(stage.provider.loginSharing(TRANSFER, GROUPS));

        drop(GROUPS);

        assertThat(revoked).hasSize(1);
        assertThat(revoked.get(0).refresh()).isEmpty();
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).startsWith("access-");
    }

    @Test
    @DisplayName("LoginDuringLogoutOfSomeIsKept")
    void a_login_that_comes_meanwhile_stays() {
        stage.login(TRANSFER, GROUPS);

        stage.renewal()
                .drop(
                        Set.of(GROUPS),
                        (facts, tokens) -> {
                            revoked.addAll(tokens);
                            stage.login(GROUPS);
                        },
                        Duration.ofSeconds(5));

        assertThat(stage.accessToken(GROUPS))
                .isNotEqualTo(revoked.get(0).accessToken().reveal());
    }

    @Test
    void whatever_happens_to_the_revocation_it_is_forgotten() {
        stage.login(TRANSFER, GROUPS);

        assertThatThrownBy(() -> stage.renewal()
                        .drop(
                                Set.of(GROUPS),
                                (facts, tokens) -> {
                                    throw new IllegalStateException("the way to the provider broke");
                                },
                                Duration.ofSeconds(5)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stage.storage.read("tour")).containsOnlyKeys(TRANSFER);
    }

    @Test
    void an_answer_that_nobody_fetched_is_fetched_and_revoked() {
        stage.login(TRANSFER, GROUPS);
        Secret before = stage.storage.read("tour", GROUPS).orElseThrow().accessToken();
        stage.spend();
        stage.provider.grace = true;
        // The process that renewed died after it had sent, and before it could keep what came.
        stage.provider.next(current -> {
            stage.provider.renew(current);
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> stage.accessToken(GROUPS)).isInstanceOf(IllegalStateException.class);

        drop(GROUPS);

        assertThat(revoked).extracting(TokenData::accessToken).isNotEmpty().doesNotContain(before);
    }

    @Test
    void while_somebody_renews_nothing_is_changed() {
        stage.login(TRANSFER, GROUPS);
        try (Lease held = stage.storage.leases().tryTake("tour").orElseThrow()) {
            assertThatThrownBy(() -> stage.renewal()
                            .drop(Set.of(GROUPS), (facts, tokens) -> revoked.addAll(tokens), Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo("renewal_blocked"));
        }
        assertThat(revoked).isEmpty();
        assertThat(stage.storage.read("tour")).containsOnlyKeys(TRANSFER, GROUPS);
    }

    private void drop(String resourceServer) {
        stage.renewal().drop(Set.of(resourceServer), (facts, tokens) -> revoked.addAll(tokens), Duration.ofSeconds(5));
    }
}
