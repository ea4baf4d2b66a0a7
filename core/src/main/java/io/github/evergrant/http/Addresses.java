package io.github.evergrant.http;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses may be talked to: HTTPS everywhere, plain HTTP only to this machine. */
public final class Addresses {

    /** Every part is written out: {@code 127.1} and {@code 0177.0.0.1} mean other things to other parsers. */
    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

    private Addresses() {}

    /** Whether the address names this machine: 127.0.0.0/8, ::1 or {@code localhost}. */
    public static boolean isLoopback(URI uri) {
        return isLoopback(uri.getHost());
    }

    static boolean isLoopback(@Nullable String host) {
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || host.equals("[0:0:0:0:0:0:0:1]")
                        || LOOPBACK_V4.matcher(host).matches());
    }

    /** Whether a request may go there. */
    public static boolean isAllowed(URI uri) {
        String scheme = scheme(uri);
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && (scheme.equals("https") || (scheme.equals("http") && isLoopback(uri)));
    }

    /**
     * Refuses an address no request may go to.
     *
     * @throws InvalidInput {@code plain_http} when the address is neither HTTPS nor loopback, {@code bad_address} when it
     *     is no address of a server
     */
    public static void requireAllowed(URI uri) {
        if (isAllowed(uri)) {
            return;
        }
        if (scheme(uri).equals("http") && uri.getHost() != null && uri.getRawUserInfo() == null) {
            throw new InvalidInput(Problem.of(
                            "plain_http",
                            place(uri)
                                    + " is plain HTTP to another machine; whoever is on the way could read the tokens")
                    .withAdvice("use an https address"));
        }
        throw new InvalidInput(Problem.of("bad_address", "not an http or https address of a server: " + place(uri)));
    }

    /** The same scheme, host and port. */
    public static boolean sameOrigin(URI one, URI other) {
        return scheme(one).equals(scheme(other))
                && String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
                && port(one) == port(other);
    }

    /** The address without user information, query and fragment, for messages. */
    static String place(URI uri) {
        String authority = uri.getRawAuthority();
        String path = uri.getRawPath();
        return (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                + (authority == null ? "" : "//" + authority.substring(authority.lastIndexOf('@') + 1))
                + (path == null ? "" : path);
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
    }
}
