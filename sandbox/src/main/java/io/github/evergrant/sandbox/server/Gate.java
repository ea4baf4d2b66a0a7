package io.github.evergrant.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns away what does not come from this machine on purpose. */
final class Gate {

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private Gate() {}

    /** The reply that turns the request away; empty when it may come in. */
    static Optional<Reply> refusal(HttpExchange exchange) {
        if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
            return Optional.of(Reply.error(403, "forbidden", "the sandbox serves this machine only"));
        }
        // A web page whose name was rebound to 127.0.0.1 sends its own name here.
        if (!isLoopback(exchange, "Host", "")) {
            return Optional.of(Reply.error(421, "misdirected_request", "Host must be 127.0.0.1 or localhost"));
        }
        // A web page elsewhere can post without asking; it must not set faults or read tokens.
        if (Wire.path(exchange).startsWith(Control.PREFIX)
                && exchange.getRequestHeaders().containsKey("Origin")
                && !isLoopback(exchange, "Origin", "http://")) {
            return Optional.of(Reply.error(403, "forbidden", "web pages may not call this"));
        }
        return Optional.empty();
    }

    private static boolean isLoopback(HttpExchange exchange, String header, String prefix) {
        List<String> values = exchange.getRequestHeaders().getOrDefault(header, List.of());
        return values.size() == 1
                && values.get(0).startsWith(prefix)
                && LOOPBACK.matcher(values.get(0).substring(prefix.length())).matches();
    }
}
