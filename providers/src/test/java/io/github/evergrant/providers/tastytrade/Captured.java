package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.providers.testing.CapturedMessage;
import io.github.evergrant.providers.testing.SandboxHand;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the real Python library sent it, or the reply that it got. */
record Captured(CapturedMessage message) {

    /** @param name a scenario and its number: {@code oauth-session-01} */
    static Captured request(String name) {
        return in(name + ".request.http");
    }

    static Captured reply(String name) {
        return in(name + ".mock-response.http");
    }

    private static Captured in(String file) {
        String scenario = file.replaceFirst("((?<=oauth-login-[a-z-]{1,20})-token)?-\\d\\d\\..*", "");
        return at("v10.3.0/" + scenario + "/" + file);
    }

    /** @param path of the file below the golden folder's of tastytrade */
    static Captured at(String path) {
        return new Captured(CapturedMessage.at("tastytrade/" + path));
    }

    static String text(String name) {
        return CapturedMessage.text("tastytrade/" + name);
    }

    String body() {
        return message.body();
    }

    Map<String, String> headers() {
        return message.headers();
    }

    /** Whether we send the same where a server looks: method, address, what it is proven by, and the fields in their order. */
    void isSentBy(HttpCall ours) {
        assertThat(ours.method()).isEqualTo(message.method());
        assertThat(ours.uri()).hasToString(message.address());
        message.hasHeadersOf(ours, "Accept", "Content-Type", "Authorization", "X-Tastyworks-OTP");
        String sent = CapturedMessage.body(ours);
        if (body().isBlank()) {
            assertThat(sent).isEmpty();
        } else {
            assertThat(json(sent)).isEqualTo(json(body()));
            assertThat(json(sent).keySet())
                    .containsExactlyElementsOf(json(body()).keySet());
        }
    }

    static Map<String, @Nullable Object> json(String text) {
        return SandboxHand.object(text);
    }
}
