package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.login.loopback.LoopbackAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A login that asks for a client, and the browser of the person whom it asks. */
final class SetUpVisit implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([\\w-]{43})\"");

    final BrowserLogin login;
    final Visitor browser;
    final String host;

    /** @param path of the registered redirect address; may be empty */
    SetUpVisit(LoginFixture fixture, String path) {
        int port = LoginFixture.freePort();
        URI registered = URI.create("http://localhost:" + port + path);
        login = BrowserLogin.start(LoginFixture.setUp(registered), LoopbackAddress.free(), fixture.wire);
        browser = new Visitor(port);
        host = "localhost:" + port;
    }

    /** Where the form is. */
    String entrance() {
        return login.authorizationUrl().getRawPath();
    }

    Visitor.Reply form() {
        return browser.get(host, entrance());
    }

    /** What only the form knows. */
    String token() {
        String page = form().body();
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }

    /** Fills the form in and sends it, as Chromium does. */
    Visitor.Reply send(String id, String secret) {
        return browser.post(
                host,
                entrance(),
                filled(token(), id, secret),
                "Origin: http://" + host,
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document");
    }

    static String filled(String token, String id, String secret) {
        return "form=" + token + "&client_id=" + encoded(id) + "&client_secret=" + encoded(secret);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the provider is asked, once a form was taken. */
    Map<String, String> asked(Visitor.Reply sent) {
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);
        String location = sent.header("Location");
        assertThat(location).startsWith("https://issuer.example/authorize?");
        return LoginFixture.form(URI.create(location).getRawQuery());
    }

    /** The browser comes back. */
    Visitor.Reply comeBack(String query) {
        String path = login.redirect().getRawPath();
        return browser.get(host, (path.isEmpty() ? "/" : path) + query);
    }

    /** The page to which it was led. */
    Visitor.Reply result(Visitor.Reply callback) {
        assertThat(callback.status()).as(callback.text()).isEqualTo(303);
        return browser.get(host, callback.header("Location"));
    }

    @Override
    public void close() {
        login.close();
    }
}
