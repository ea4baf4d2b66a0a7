package io.github.evergrant.http;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
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
import org.jspecify.annotations.Nullable;

/**
 * The way out through a proxy; this machine itself is always reached directly.
 *
 * @param host of the proxy
 * @param port of the proxy
 * @param exceptions host names reached directly, with all names below them; {@code *} means every host
 * @param login what the proxy wants to know before it lets anybody through (RFC 7617), or null
 */
public record ProxySettings(
        String host,
        int port,
        List<String> exceptions,
        @Nullable ProxyLogin login) {

    /**
     * Who goes through a proxy. The text form shows no password.
     *
     * @param user without a colon
     * @param password possibly empty
     */
    public record ProxyLogin(String user, String password) {

        public ProxyLogin {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "ProxyLogin[" + user + "]";
        }
    }

    public ProxySettings {
        Objects.requireNonNull(host, "host");
        exceptions = List.copyOf(exceptions);
    }

    /** Of a proxy that lets everybody through. */
    public ProxySettings(String host, int port, List<String> exceptions) {
        this(host, port, exceptions, null);
    }

    /**
     * Reads {@code HTTPS_PROXY} and {@code NO_PROXY}, in either case. A user and a password in the address, percent-encoded, go
     * to the proxy, and no further.
     *
     * @throws InvalidInput {@code proxy_unusable} when the variable cannot be used
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
        List<String> exceptions = Arrays.stream(
                        variable(environment, "NO_PROXY").split(","))
                .map(ProxySettings::exception)
                .filter(name -> !name.isEmpty())
                .toList();
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return Optional.of(new ProxySettings(uri.getHost(), port, exceptions, login(uri.getUserInfo())));
    }

    private static @Nullable ProxyLogin login(@Nullable String userInfo) {
        if (userInfo == null) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new ProxyLogin(userInfo, "")
                : new ProxyLogin(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    /** Answers nobody but this proxy. */
    Optional<Authenticator> authenticator() {
        ProxyLogin known = login;
        return known == null
                ? Optional.empty()
                : Optional.of(new Authenticator() {
                    @Override
                    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                        boolean ours = getRequestorType() == RequestorType.PROXY
                                && host.equalsIgnoreCase(getRequestingHost())
                                && port == getRequestingPort();
                        return ours
                                ? new PasswordAuthentication(
                                        known.user(), known.password().toCharArray())
                                : null;
                    }
                });
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
