package io.github.evergrant.login.loopback;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.oauth.Cleaned;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where on this machine a browser is to bring its answer.
 *
 * @param hosts the literal loopback addresses that are listened on, never a wildcard
 * @param port 0 for a free one
 * @param redirect what the provider is told, exactly, or null for an address made of the first host, the port and a path
 *     that nobody can guess
 * @param anyName whether a browser may call this machine by any of its loopback names, whichever of them the redirect address
 *     has
 */
public record LoopbackAddress(
        List<String> hosts, int port, @Nullable URI redirect, boolean anyName) {

    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";
    private static final String FIXED_PATH = "/callback";
    private static final Pattern LISTEN = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1]):([0-9]{1,5})");

    public LoopbackAddress {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || !List.of(V4, V6).containsAll(hosts)) {
            throw new IllegalArgumentException("only loopback is listened on");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** Of a machine that is called as the redirect address calls it. */
    public LoopbackAddress(List<String> hosts, int port, @Nullable URI redirect) {
        this(hosts, port, redirect, false);
    }

    /** A free port of 127.0.0.1 and a path of 128 random bits: for every provider that takes any. */
    public static LoopbackAddress free() {
        return new LoopbackAddress(List.of(V4), 0, null);
    }

    /**
     * For a provider that compares the redirect address with a registered one.
     *
     * @param listen {@code 127.0.0.1:8765}, {@code localhost:8765} or {@code [::1]:8765}, or null for the redirect address's
     *     own host and port
     * @param redirect as it is registered, or null for {@code http://127.0.0.1:8765/callback} and the like; when both are
     *     null, {@link #free()}
     * @throws InvalidInput {@code listen_malformed} or {@code redirect_not_loopback}
     */
    public static LoopbackAddress of(@Nullable String listen, @Nullable URI redirect) {
        if (redirect != null) {
            requireLoopback(redirect);
        }
        if (listen == null) {
            return redirect == null ? free() : new LoopbackAddress(hosts(redirect.getHost()), port(redirect), redirect);
        }
        Matcher matcher = LISTEN.matcher(listen);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (port < 1 || port > 65_535) {
            throw new InvalidInput(Problem.of(
                            "listen_malformed",
                            "'" + Cleaned.text(listen) + "' is no place of this machine to listen on")
                    .withAdvice("give one such as 127.0.0.1:8765"));
        }
        URI told = redirect == null ? URI.create("http://" + listen + FIXED_PATH) : redirect;
        return new LoopbackAddress(hosts(matcher.group(1)), port, told);
    }

    /**
     * This, unless it is any free port: then the registered one.
     *
     * @throws InvalidInput {@code redirect_not_loopback}
     */
    public LoopbackAddress orElse(URI registered) {
        return port == 0 && redirect == null ? of(null, registered) : this;
    }

    /**
     * On both loopback addresses, for a browser that may call this machine by any of its names: since people type them, and
     * whose browser takes one may still find the other in a link.
     */
    public LoopbackAddress byAnyName() {
        return new LoopbackAddress(List.of(V4, V6), port, redirect, true);
    }

    /** Whether a browser on this machine that is sent there arrives on this machine. */
    public static boolean isPossible(URI redirect) {
        return "http".equalsIgnoreCase(redirect.getScheme())
                && Addresses.isAllowed(redirect)
                && redirect.getRawFragment() == null
                && redirect.getPort() != 0
                && redirect.getPort() <= 65_535
                && isKnown(redirect.getHost());
    }

    private static void requireLoopback(URI redirect) {
        if (!isPossible(redirect)) {
            throw new InvalidInput(Problem.of(
                            "redirect_not_loopback",
                            "a browser that is sent to " + Cleaned.text(redirect.toString())
                                    + " brings nothing to this program")
                    .withAdvice("give an address such as http://127.0.0.1:8765/callback, or paste the code"));
        }
    }

    private static boolean isKnown(@Nullable String host) {
        return V4.equals(host) || "localhost".equals(host) || "[::1]".equals(host);
    }

    /** A browser may take either address of {@code localhost}: nobody else must be listening on the other. */
    private static List<String> hosts(@Nullable String host) {
        if ("localhost".equals(host)) {
            return List.of(V4, V6);
        }
        return List.of(V4.equals(host) ? V4 : V6);
    }

    private static int port(URI redirect) {
        return redirect.getPort() < 0 ? 80 : redirect.getPort();
    }

    /**
     * What a browser on its way to a redirect address may have as {@code Host}.
     *
     * @param told as the provider is told
     */
    Set<String> authorities(URI told) {
        // A browser leaves out the port that http has anyway.
        String suffix = told.getPort() < 0 || told.getPort() == 80 ? "" : ":" + told.getPort();
        return anyName ? Set.of("localhost" + suffix, V4 + suffix, "[::1]" + suffix) : Set.of(told.getHost() + suffix);
    }

    /** What the provider is told, once the port is known. */
    URI told(int bound, String path) {
        String first = hosts.get(0);
        return Objects.requireNonNullElseGet(
                redirect, () -> URI.create("http://" + (first.equals(V6) ? "[::1]" : first) + ":" + bound + path));
    }
}
