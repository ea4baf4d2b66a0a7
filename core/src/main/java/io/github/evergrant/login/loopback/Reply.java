package io.github.evergrant.login.loopback;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a visitor gets. One connection serves one request.
 *
 * @param status the HTTP status
 * @param further headers beside those that all replies have
 * @param body text
 */
record Reply(int status, Map<String, String> further, String body) {

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            PageText.policy("'none'"),
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Connection",
            "close");

    /** A page for a person. */
    static Reply page(int status, Page page) {
        return page(status, page, Set.of());
    }

    /**
     * The same where a form is opened by one name of this machine, and its answer may come back by another.
     *
     * @param authorities all of them
     */
    static Reply page(int status, Page page, Set<String> authorities) {
        Reply reply = new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), PageText.of(page));
        if (!(page instanceof Page.Form form)) {
            return reply;
        }
        // A source in a policy cannot be an IPv6 address: a page that was opened there is let go on as itself.
        String ours = authorities.stream()
                .filter(authority -> !authority.startsWith("["))
                .sorted()
                .map(authority -> " http://" + authority)
                .collect(Collectors.joining());
        return reply.with("Content-Security-Policy", PageText.policy("'self'" + ours + " " + origin(form.leadsTo())));
    }

    /** Browsers hold where a form may lead against where its answer sends them, too, and on from there. */
    private static String origin(URI address) {
        // A source in a policy cannot be an IPv6 address.
        return address.getHost() == null || address.getHost().startsWith("[")
                ? address.getScheme() + ":"
                : address.getScheme() + "://" + address.getRawAuthority();
    }

    /** A few words for a program. */
    static Reply words(int status, String words) {
        return new Reply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), words + "\n");
    }

    static Reply seeOther(String path) {
        return new Reply(303, Map.of("Location", path), "");
    }

    /** The same with another header. */
    Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(further);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        further.forEach(headers::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }
}
