package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.token.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose a grant is, and whether it is good for anything: what the API says of it. */
final class TastytradeProofTest {

    private final Recorder net = new Recorder();

    @Test
    void whose_a_grant_is_the_customer_says() {
        net.captured("oauth-session-01", "customer-as-vendor-sends-it-today-03", "oauth-session-01")
                .reply(403, "{}")
                .captured("oauth-session-01")
                .reply(200, "{\"data\":{\"id\":\"me\",\"external-id\":\"C1\"}}")
                .captured("oauth-session-01")
                .reply(200, "{\"data\":{\"id\":\"me\"}}");
        List<Account> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            found.add(identified().account());
        }

        assertThat(found)
                .containsExactly(
                        new Account("jane.doe@example.com", "jane.doe@example.com"),
                        Account.UNKNOWN,
                        new Account(null, "C1"),
                        Account.UNKNOWN);
        net.sentAsIn(1, "customer-as-vendor-sends-it-today-03");
    }

    @Test
    void a_grant_whose_token_the_api_refuses_is_no_login() {
        net.captured("oauth-session-01")
                .reply(401, "{\"error\":{\"code\":\"token_invalid\",\"message\":\"This token has expired\"}}")
                .captured("oauth-session-01", "error-html-nginx-01");

        assertThatThrownBy(this::identified)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("token_refused"))
                .hasMessageStartingWith("token_invalid: This token has expired");
        // What stands before the API says nothing of the token.
        LoginResult unknown = identified();
        assertThat(unknown.account()).isEqualTo(Account.UNKNOWN);
        assertThat(unknown.response().oddities()).singleElement().asString().contains("whose the login is");
    }

    private LoginResult identified() {
        LoginResult login =
                TastytradeLogin.oauth(net.oauth, Secret.of("CLIENT-SECRET"), Secret.of("REFRESH-TOKEN"), net.wire());
        return TastytradeLogin.identified(login, net.wire());
    }
}
