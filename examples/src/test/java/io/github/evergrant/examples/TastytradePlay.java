package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Examples where tastytrade is a sandbox, and a person with a browser for their set-up. */
final class TastytradePlay extends Play {

    static final String SECRET = "sandbox-tastytrade-secret";

    private final Map<String, String> more = new LinkedHashMap<>();

    /** @param lifetime of a session token */
    TastytradePlay(Path home, Duration lifetime) {
        super("tastytrade", SandboxSettings.defaults().withAccessTokenLifetime(lifetime), home);
    }

    @Override
    Map<String, String> variables() {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("EVERGRANT_SANDBOX", base().toString());
        all.putIfAbsent("EVERGRANT_BROWSER", "/bin/true");
        return all;
    }

    /** A variable of the programs that are started from now on. */
    void set(String name, String value) {
        more.put(name, value);
    }

    /** A grant that demo made on the vendor's pages. @return its refresh token */
    String grant() {
        Golden granted = control("grant", "{\"dialect\":\"tastytrade\"}");
        return granted.at("refresh_token").text();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Names the sandbox's application on our page, and allows it on tastytrade's. @return the last page */
    String setUp(URI page) {
        String form = ask(HttpRequest.newBuilder(page)).body();
        URI there =
                sent(page, "form=" + hidden("form", form) + "&client_id=sandbox-tastytrade&client_secret=" + SECRET);
        URI callback = allow(there);
        URI result = callback.resolve(location(ask(HttpRequest.newBuilder(callback))));
        String last = ask(HttpRequest.newBuilder(result)).body();
        while (last.contains("Finishing the sign-in")) {
            last = ask(HttpRequest.newBuilder(result)).body();
        }
        return last;
    }

    /** Signs in as demo on tastytrade's page, and allows. @return where that leads */
    URI allow(URI page) {
        String html = ask(HttpRequest.newBuilder(page)).body();
        Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(html);
        assertThat(action.find()).as(html).isTrue();
        String ticket = URLEncoder.encode(hidden("ticket", html), StandardCharsets.UTF_8);
        return sent(
                page.resolve(action.group(1)),
                "ticket=" + ticket + "&username=demo&password=demo-password&decision=allow");
    }

    private URI sent(URI address, String form) {
        return location(ask(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
    }

    private static URI location(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(303);
        return URI.create(reply.headers().firstValue("Location").orElseThrow());
    }

    private static String hidden(String name, String page) {
        Matcher value =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page);
        assertThat(value.find()).as(page).isTrue();
        return value.group(1);
    }
}
