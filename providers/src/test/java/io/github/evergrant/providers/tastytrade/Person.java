package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser, who fills in one form after the other. */
final class Person {

    private final HttpClient browser = HttpClient.newHttpClient();

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Names an application on our page. @return where that leads */
    URI name(URI page, String id, String secret) {
        String form = "form=" + hidden("form", get(page).body()) + "&client_id=" + encoded(id) + "&client_secret="
                + encoded(secret);
        return location(post(page, form));
    }

    /** Signs in on the page of a sandbox, and allows or denies. @return where that leads */
    URI decide(URI page, String decision) {
        String html = get(page).body();
        Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(html);
        assertThat(action.find()).as(html).isTrue();
        String form = "ticket=" + hidden("ticket", html) + "&username=demo&password=demo-password&decision=" + decision;
        return location(post(page.resolve(action.group(1)), form));
    }

    /** Goes where the provider sends them. @return the last page */
    String comeBack(URI callback) {
        URI result = callback.resolve(location(get(callback)));
        String page = get(result).body();
        while (page.contains("Finishing the sign-in")) {
            page = get(result).body();
        }
        return page;
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> post(URI address, String form) {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
