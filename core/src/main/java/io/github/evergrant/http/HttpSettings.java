package io.github.evergrant.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made.
 *
 * @param connectTimeout for the connection alone; each request has its own deadline for everything
 * @param proxy the way out, or null for none
 * @param caFile PEM certificates to trust instead of the platform's, or null
 * @param insecureSkipTlsVerify believes every certificate: whoever is on the way can read and change everything
 * @param userAgent what we call ourselves
 */
public record HttpSettings(
        Duration connectTimeout,
        @Nullable ProxySettings proxy,
        @Nullable Path caFile,
        boolean insecureSkipTlsVerify,
        String userAgent) {

    public HttpSettings {
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(userAgent, "userAgent");
    }

    /** Five seconds to connect, no proxy, the platform's certificates. */
    public static HttpSettings defaults() {
        return new HttpSettings(Duration.ofSeconds(5), null, null, false, "evergrant/" + version());
    }

    /**
     * The defaults with the proxy that the environment names.
     *
     * @throws io.github.evergrant.error.InvalidInput when the proxy variable cannot be used
     */
    public static HttpSettings fromEnvironment(Map<String, String> environment) {
        return defaults().withProxy(ProxySettings.fromEnvironment(environment).orElse(null));
    }

    public HttpSettings withProxy(@Nullable ProxySettings other) {
        return new HttpSettings(connectTimeout, other, caFile, insecureSkipTlsVerify, userAgent);
    }

    public HttpSettings withCaFile(@Nullable Path other) {
        return new HttpSettings(connectTimeout, proxy, other, insecureSkipTlsVerify, userAgent);
    }

    public HttpSettings withInsecureSkipTlsVerify(boolean skip) {
        return new HttpSettings(connectTimeout, proxy, caFile, skip, userAgent);
    }

    /** The version of this library, from its jar's manifest; {@code dev} where there is none. */
    public static String version() {
        String version = HttpSettings.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
