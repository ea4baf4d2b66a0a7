package io.github.evergrant.providers.globus.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.providers.globus.service.RetryCheck.Decision;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody knows of errors that the usual policy does not. */
final class RetryCheckTest {

    private final FakePace pace = new FakePace();
    private final Scripted service = new Scripted(pace);
    private final ServiceClient client = ServiceClient.at(
                    "A Service", URI.create("https://service.example/"), service, new RenewingDouble())
            .with(pace);

    @Test
    @DisplayName("W23: two clients share a policy, and neither adds to it")
    void w23Shared() {
        RetryPolicy shared = RetryPolicy.usual().with(error -> Decision.UNDECIDED);

        ServiceClient one = client.with(shared);
        ServiceClient two = client.with(shared.with(error -> Decision.REFUSED));

        assertThat(one.policy().checks()).hasSize(1);
        assertThat(two.policy().checks()).hasSize(2);
        assertThat(shared.with(shared.checks().get(0))).isEqualTo(shared);
    }

    @Test
    void a_check_of_ones_own_decides_once_if_it_says_so() {
        RetryCheck once = new RetryCheck() {
            @Override
            public Decision decide(ApiError error) {
                return error.status() == 403 ? Decision.REPEAT : Decision.UNDECIDED;
            }

            @Override
            public boolean isOncePerRequest() {
                return true;
            }
        };
        service.json(500, "{}").json(403, "{}").json(403, "{}");

        assertThatThrownBy(() -> client.with(RetryPolicy.usual().with(once)).get("x", Query.NONE))
                .isInstanceOf(ProviderRefused.class);
        assertThat(service.calls()).hasSize(3);
    }

    @Test
    void a_check_that_decides_once_knows_what_was_sent_and_is_not_asked_when_nothing_is_sent_again() {
        List<String> asked = new ArrayList<>();
        RetryCheck once = new RetryCheck() {
            @Override
            public Decision decide(ApiError error) {
                throw new AssertionError("the other one is asked");
            }

            @Override
            public Decision decide(ApiError error, @Nullable String sent) {
                asked.add(String.valueOf(sent));
                return Decision.REPEAT;
            }

            @Override
            public boolean isOncePerRequest() {
                return true;
            }
        };
        service.json(403, "{}");

        assertThatThrownBy(() -> client.with(RetryPolicy.never().with(once)).get("x", Query.NONE))
                .isInstanceOf(ProviderRefused.class);
        assertThat(asked).isEmpty();
        assertThatThrownBy(() -> client.with(RetryPolicy.usual().with(once)).get("x", Query.NONE))
                .isInstanceOf(ProviderRefused.class);
        assertThat(asked).hasSize(1).allMatch(sent -> sent.startsWith("Bearer "));
    }

    @ParameterizedTest
    @CsvSource({"LATER,502,api_unavailable,1", "REFUSED,502,api_refused,1", "LATER,403,api_unavailable,1"})
    void a_check_of_ones_own_says_what_a_caller_can_do(Decision decision, int status, String code, int calls) {
        service.json(status, "{}");

        assertThatThrownBy(() ->
                        client.with(RetryPolicy.usual().with(error -> decision)).get("x", Query.NONE))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(service.calls()).hasSize(calls);
    }
}
