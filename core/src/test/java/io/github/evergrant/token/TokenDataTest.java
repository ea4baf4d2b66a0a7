package io.github.evergrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenDataTest {

    @Test
    void two_are_equal_if_all_of_them_is() {
        TokenData one = data("rs", "access", "Bearer");
        List<TokenData> others = List.of(
                data("other", "access", "Bearer"),
                data("rs", "other", "Bearer"),
                one.withRefreshToken(Secret.of("other")),
                data("rs", "access", "other"),
                one.withScopes(Scopes.of("other")),
                one.withExpiry(Expiry.at(Instant.ofEpochSecond(8))),
                one.withIdentityId("other"),
                one.withExtra(Map.of("other", 1)));

        assertThat(others)
                .hasSameSizeAs(TokenData.class.getRecordComponents())
                .doesNotContain(one)
                .doesNotHaveDuplicates();
        assertThat(data("rs", "access", "Bearer")).isEqualTo(one).hasSameHashCodeAs(one);
    }

    private static TokenData data(String resourceServer, String access, String type) {
        return new TokenData(
                resourceServer,
                Secret.of(access),
                Secret.of("refresh"),
                type,
                Scopes.of("a", "b"),
                Expiry.at(Instant.ofEpochSecond(7)),
                "somebody",
                Map.of("x", "y"));
    }
}
