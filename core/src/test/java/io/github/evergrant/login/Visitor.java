package io.github.evergrant.login;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who talks to a listener over a socket of their own, byte by byte if need be. */
final class Visitor {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final int port;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    Visitor(int port) {
        this.port = port;
    }

    /** What came back; status 0 when nothing did. */
    record Reply(int status, String text) {

        String header(String name) {
            Matcher header = Pattern.compile("(?mi)^" + Pattern.quote(name) + ": (.*)\r\n")
                    .matcher(text);
            return header.find() ? header.group(1) : "";
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }

    Socket connect() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes to an address as a browser does. */
    Reply go(URI address) {
        return get(address.getRawAuthority(), address.getRawPath() + query(address));
    }

    Reply get(String host, String target, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n");
    }

    /** Sends a form as a browser does. */
    Reply post(String host, String target, String form, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("POST " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n"
                + more + "\r\n" + form);
    }

    Reply send(String bytes) {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that was sent, by connection. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** Sends the beginning of something, and leaves the connection as it is. */
    void begin(Socket socket, String first) throws IOException {
        sent.add(first);
        socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
    }

    Reply send(byte[] bytes) {
        sent.add(new String(bytes, StandardCharsets.ISO_8859_1));
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Cut off while sending, as an endless request is; what was answered can still be read.
                return read(socket);
            }
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply read(Socket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end after " + all);
        } catch (IOException e) {
            // A connection that is reset has ended as well.
            return reply(all);
        }
        return reply(all);
    }

    private static Reply reply(ByteArrayOutputStream all) {
        String text = all.toString(StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(text);
        return new Reply(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
    }

    private static String query(URI address) {
        return address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    }
}
