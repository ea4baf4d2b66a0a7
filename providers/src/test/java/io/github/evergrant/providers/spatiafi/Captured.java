package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.providers.testing.CapturedMessage;

/** A request as the tutorial or the package sent it. */
record Captured(CapturedMessage message) {

    static Captured request(String name) {
        return new Captured(CapturedMessage.at("spatiafi/" + name + ".request.http"));
    }

    /** The body of the reply that it got. */
    static String reply(String name) {
        return CapturedMessage.at("spatiafi/" + name + ".mock-response.http").body();
    }

    static String text(String name) {
        return CapturedMessage.text("spatiafi/" + name);
    }

    /** Whether we send the same, byte for byte where a server looks; an assertion is another one each time. */
    void isSentBy(HttpCall ours) {
        assertThat(ours.method()).isEqualTo(message.method());
        assertThat(ours.uri()).hasToString(message.address());
        assertThat(withoutAssertion(CapturedMessage.body(ours))).isEqualTo(withoutAssertion(message.body()));
        // What HTTP libraries add by themselves, or is another's name, is not compared.
        message.hasHeadersOf(ours, "Authorization", "Content-Type");
    }

    /** The assertion in a body. */
    static String assertion(String body) {
        return body.substring(body.indexOf("client_assertion=") + "client_assertion=".length());
    }

    private static String withoutAssertion(String body) {
        return body.contains("client_assertion=") ? body.replace(assertion(body), "") : body;
    }
}
