package io.github.evergrant.cli.curl;

import io.github.evergrant.authorizer.AuthorizedSender;
import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request and the redirects after it. The token goes to the first address's origin and no other. For one thread. */
final class Journey {

    private static final int MOST_REDIRECTS = 20;
    private static final Set<String> REPEATED = Set.of("GET", "HEAD");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** What no stranger is to see. */
    private static final Set<String> PRIVATE = Set.of("cookie", "authorization", "proxy-authorization");

    private final URI start;
    private final AuthorizedSender authorized;
    private final AuthorizedSender anonymous;
    private @Nullable HttpCall last;

    Journey(URI start, HttpSender http, Authorizer authorizer, Duration deadline, boolean repeatsAll) {
        this.start = start;
        this.authorized = new AuthorizedSender(http, authorizer, deadline, repeatsAll);
        this.anonymous = new AuthorizedSender(http, Authorizers.none(), deadline, false);
    }

    /** @return the replies in their order, the last of which is the answer; one if redirects are not followed */
    List<HttpReply> go(HttpCall first, boolean follows) {
        List<HttpReply> replies = new ArrayList<>();
        HttpCall call = first;
        while (true) {
            last = call;
            HttpReply reply = (isHome(call.uri()) ? authorized : anonymous).apply(call);
            replies.add(reply);
            String location = reply.header("Location").orElse(null);
            if (!follows || location == null || !REDIRECTS.contains(reply.status())) {
                return replies;
            }
            if (replies.size() > MOST_REDIRECTS) {
                throw refused("too_many_redirects", first.place() + " redirected " + MOST_REDIRECTS + " times");
            }
            call = redirected(call, reply.status(), target(call, location));
        }
    }

    /** Whether the last request had the token and was one that is not sent again after a refusal. */
    boolean endedUnrepeated() {
        HttpCall call = last;
        return call != null && isHome(call.uri()) && !REPEATED.contains(call.method());
    }

    private boolean isHome(URI uri) {
        return Addresses.sameOrigin(start, uri);
    }

    private URI target(HttpCall from, String location) {
        URI target;
        try {
            target = from.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("redirect_refused", from.place() + " redirects to what is no address");
        }
        boolean down = "https".equalsIgnoreCase(from.uri().getScheme()) && "http".equalsIgnoreCase(target.getScheme());
        if (down || !Addresses.isAllowed(target)) {
            throw refused("redirect_refused", from.place() + " redirects to an address that is not https");
        }
        return target;
    }

    /** As browsers and curl do it: 307 and 308 repeat the request, the others ask for something else. */
    private HttpCall redirected(HttpCall call, int status, URI target) {
        boolean repeats = status == 307 || status == 308;
        boolean head = call.method().equals("HEAD");
        boolean asks = !repeats && !head && (status == 303 || call.method().equals("POST"));
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.keySet().removeIf(name -> isDropped(name, asks, isHome(target)));
        return new HttpCall(asks ? "GET" : call.method(), target, headers, asks ? new byte[0] : call.body());
    }

    private static boolean isDropped(String name, boolean asks, boolean home) {
        boolean ofBody = name.equalsIgnoreCase("Content-Type");
        return ofBody ? asks : !home && PRIVATE.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static CliProblem refused(String code, String message) {
        return CliProblem.of(Exits.REFUSED, code, message, null, "evergrant curl --help");
    }

    /** Remembers what was sent, so that it can be said which token was refused. For one thread. */
    static final class Remembering implements Authorizer {

        private final Authorizer inner;
        private @Nullable String sent;

        Remembering(Authorizer inner) {
            this.inner = inner;
        }

        @Override
        public @Nullable String header() {
            sent = inner.header();
            return sent;
        }

        @Override
        public boolean renewAfterRefusal(String refused) {
            return inner.renewAfterRefusal(refused);
        }

        /** Renews what was sent last, if that is still the stored token. */
        boolean renewLast() {
            String last = sent;
            return last != null && inner.renewAfterRefusal(last);
        }
    }
}
