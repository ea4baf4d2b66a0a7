package io.github.evergrant.http;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The way out through a proxy; this machine itself is always reached directly.
 *
 * @param host of the proxy
 * @param port of the proxy
 * @param exceptions host names reached directly, with all names below them; {@code *} means every host
 */
public record ProxySettings(String host, int port, List<String> exceptions) {

    public ProxySettings {
        Objects.requireNonNull(host, "host");
        exceptions = List.copyOf(exceptions);
    }

    /**
     * Reads {@code HTTPS_PROXY} and {@code NO_PROXY}, in either case.
     *
     * @throws InvalidInput {@code proxy_unusable} when the variable cannot be used; credentials in it are not supported
     */
    public static Optional<ProxySettings> fromEnvironment(Map<String, String> environment) {
        String proxy = variable(environment, "HTTPS_PROXY");
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        // The variable may hold a password, so no message repeats it.
        URI uri;
        try {
            uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        } catch (IllegalArgumentException e) {
            throw unusable("is no address");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw unusable("does not begin with http://; only HTTP proxies are supported");
        }
        if (uri.getHost() == null) {
            throw unusable("names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw unusable("holds a user name; proxies with a login are not supported");
        }
        List<String> exceptions = Arrays.stream(
                        variable(environment, "NO_PROXY").split(","))
                .map(ProxySettings::exception)
                .filter(name -> !name.isEmpty())
                .toList();
        return Optional.of(new ProxySettings(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), exceptions));
    }

    /** Whether a host is reached directly. */
    boolean isDirect(String target) {
        if (Addresses.isLoopback(target)) {
            return true;
        }
        String name = target.toLowerCase(Locale.ROOT);
        return exceptions.stream()
                .anyMatch(except -> except.equals("*") || name.equals(except) || name.endsWith("." + except));
    }

    ProxySelector selector() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(isDirect(uri.getHost()) ? Proxy.NO_PROXY : proxy);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, java.io.IOException failure) {
                // The sender reports it; there is no second proxy to try.
            }
        };
    }

    private static String exception(String entry) {
        String name = entry.strip().toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        if (colon > 0 && name.indexOf(':') == colon) {
            name = name.substring(0, colon);
        }
        return name.startsWith(".") ? name.substring(1) : name;
    }

    private static String variable(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return (lower.isEmpty() ? environment.getOrDefault(name, "") : lower).strip();
    }

    private static InvalidInput unusable(String why) {
        return new InvalidInput(Problem.of("proxy_unusable", "HTTPS_PROXY " + why)
                .withAdvice("set HTTPS_PROXY to http://HOST:PORT, or unset it"));
    }
}
