package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.providers.testing.CapturedMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request as the real agavepy sent it. */
record Captured(CapturedMessage message) {

    static Captured request(String name) {
        return new Captured(CapturedMessage.at("agave/" + name + ".request.txt"));
    }

    /** The body of the reply that it got. */
    static String reply(String name) {
        return CapturedMessage.at("agave/" + name + ".response.txt").body();
    }

    static String text(String name) {
        return CapturedMessage.text("agave/" + name);
    }

    String target() {
        return message.target();
    }

    String body() {
        return message.body();
    }

    /** Whether we send the same, byte for byte where a server looks. */
    void isSentBy(HttpCall ours) {
        assertThat(ours.method()).isEqualTo(message.method());
        assertThat(ours.uri()).hasToString(Recorder.BASE + target());
        assertThat(CapturedMessage.body(ours)).isEqualTo(body());
        isProvenBy(ours);
    }

    /** The same fields in whatever order, whether or not the reply is to be pretty. */
    void isMeantBy(HttpCall ours) {
        assertThat(ours.uri()).hasToString(Recorder.BASE + target().replace("?pretty=true", ""));
        assertThat(form(CapturedMessage.body(ours))).isEqualTo(form(body()));
        isProvenBy(ours);
    }

    private void isProvenBy(HttpCall ours) {
        message.hasHeadersOf(ours, "Authorization", "Content-Type");
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
