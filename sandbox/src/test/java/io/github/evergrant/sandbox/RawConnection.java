package io.github.evergrant.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What arrives on a bare socket until the other side closes it. */
final class RawConnection {

    private RawConnection() {}

    static String post(Sandbox sandbox, String path, String form) {
        return exchange(
                sandbox,
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form,
                false);
    }

    /** The answer to a request after which, it is said at once, no further one follows. */
    static String exchangeOnce(Sandbox sandbox, String request) {
        return exchange(sandbox, request, true);
    }

    private static String exchange(Sandbox sandbox, String request, boolean once) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), sandbox.base().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            if (once) {
                socket.shutdownOutput();
            }
            return new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                all.writeBytes(Arrays.copyOf(block, n));
            }
        } catch (SocketException reset) {
            // Being reset is being closed; what came before counts.
            return all.toByteArray();
        }
        return all.toByteArray();
    }
}
