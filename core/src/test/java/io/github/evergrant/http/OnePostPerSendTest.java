package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class OnePostPerSendTest {

    @Test
    @DisplayName("W33, OnePostPerSend: a server that hangs up unanswered has seen one POST")
    void a_server_that_hangs_up_unanswered_has_seen_one_post_and_it_may_have_arrived() {
        try (RawServer server = new RawServer((connection, head) -> connection.close());
                JdkHttpSender sender = new JdkHttpSender(HttpSettings.defaults(), InstantSource.system())) {
            for (int round = 1; round <= 5; round++) {
                HttpFailure failure = catchThrowableOfType(
                        HttpFailure.class,
                        () -> sender.send(
                                HttpCall.postForm(server.uri("/token"), "refresh_token=canary"),
                                Duration.ofSeconds(5),
                                1000));

                assertThat(failure.maybeSent()).isTrue();
                assertThat(failure).hasMessageNotContaining("canary");
                assertThat(server.requests()).hasSize(round);
            }
        }
    }
}
