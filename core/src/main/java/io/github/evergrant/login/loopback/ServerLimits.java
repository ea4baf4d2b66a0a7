package io.github.evergrant.login.loopback;

import java.util.Map;
import java.util.Properties;

/**
 * How much of this process a stranger can use up who talks to the listener of a login.
 *
 * <p>The JDK's server reads its limits from system properties, once, when its first class is loaded; they then hold for
 * every such server of the process. A program that embeds a login calls {@link #setForThisProcess()} before it uses
 * {@code com.sun.net.httpserver} for anything, or sets them on its command line. Without them a login is as correct and as
 * secret; but a program on the same machine could keep connections open, and send endless requests, as long as the login
 * waits.
 */
public final class ServerLimits {

    private static final Map<String, String> LIMITS = Map.of(
            // Seconds from the first byte of a request to its last, and from a connection to its first byte.
            "sun.net.httpserver.maxReqTime",
            "5",
            "sun.net.httpserver.idleInterval",
            "5",
            // How often that is looked at, in milliseconds.
            "sun.net.httpserver.clockTick",
            "1000",
            // Bytes of a request line, and of all headers together.
            "sun.net.httpserver.maxReqHeaderSize",
            "16384",
            "sun.net.httpserver.maxReqHeaders",
            "100",
            "jdk.httpserver.maxConnections",
            "8",
            // Without it every reply waits 40 ms for the client's acknowledgement.
            "sun.net.httpserver.nodelay",
            "true");

    private ServerLimits() {}

    /**
     * Sets the limits for the whole process: eight connections, five seconds for a request, 16 kB for its head. What
     * somebody has set already stays. Does nothing once the JDK's server was used.
     */
    public static void setForThisProcess() {
        setIn(System.getProperties());
    }

    static void setIn(Properties properties) {
        LIMITS.forEach(properties::putIfAbsent);
    }
}
