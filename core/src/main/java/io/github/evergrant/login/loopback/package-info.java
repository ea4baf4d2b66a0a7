/**
 * What a browser brings to this machine at the end of a sign-in (RFC 8252 section 7.3), and the page it is shown.
 *
 * <p>Never hears of clients, tokens or storages. The server is the JDK's own, {@code jdk.httpserver}: it reads requests with
 * limits, on time, and is maintained by those who maintain the JDK, which no reader of ours would be. Its limits are
 * properties of the process; {@link io.github.evergrant.login.loopback.ServerLimits} sets them. At level {@code DEBUG} its
 * logger {@code com.sun.net.httpserver} writes down request lines, and with them codes that are spent a moment later.
 */
@NullMarked
package io.github.evergrant.login.loopback;

import org.jspecify.annotations.NullMarked;
