package io.github.evergrant.login.loopback;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns away whatever is not a person's browser going where it was sent. */
final class Gate {

    /** By which browsers say that nobody has asked for the page yet. */
    private static final Set<String> FORETHOUGHT = Set.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private Gate() {}

    /**
     * The reply that turns a visitor away, or nothing.
     *
     * @param authorities what {@code Host} may be: a page whose own name leads to this machine sends that name
     * @param hasForm whether a form may be sent to there; from a page of ours, and from no other
     */
    static Optional<Reply> refusal(HttpExchange exchange, Set<String> authorities, boolean hasForm) {
        Headers headers = exchange.getRequestHeaders();
        URI target = exchange.getRequestURI();
        List<String> hosts = headers.get("Host");
        if (hosts == null || hosts.size() != 1 || !authorities.contains(hosts.get(0))) {
            return Optional.of(Reply.words(421, "not here"));
        }
        if (target.isAbsolute() || target.getRawAuthority() != null) {
            return Optional.of(Reply.words(400, "not so"));
        }
        boolean posts = hasForm && exchange.getRequestMethod().equals("POST");
        // The fetch metadata of a script, an image, a frame: only a navigation of the whole tab is a person's.
        if (!isAbsentOr("navigate", headers.get("Sec-Fetch-Mode"))
                || !isAbsentOr("document", headers.get("Sec-Fetch-Dest"))
                // A navigation has no origin; behind a form that was sent elsewhere some browsers say "null", and of a
                // form whose page tells no other page where it is from.
                || !(isAbsentOr("null", headers.get("Origin"))
                        || (posts && isAbsentOr("http://" + hosts.get(0), headers.get("Origin"))))
                || (posts && !isAbsentOr("same-origin", headers.get("Sec-Fetch-Site")))
                || FORETHOUGHT.stream().anyMatch(headers::containsKey)) {
            return Optional.of(Reply.words(403, "not so"));
        }
        if (!posts && !exchange.getRequestMethod().equals("GET")) {
            return Optional.of(Reply.words(405, "not so").with("Allow", hasForm ? "GET, POST" : "GET"));
        }
        return Optional.empty();
    }

    private static boolean isAbsentOr(String only, @Nullable List<String> values) {
        return values == null || values.equals(List.of(only));
    }
}
