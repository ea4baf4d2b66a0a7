package io.github.evergrant.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server without manners: every connection is one script, and what arrived is kept. */
public final class RawServer implements AutoCloseable {

    /** What is done with one connection. */
    public interface Script {
        void run(Socket connection, String head) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RawServer(Script script) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket connection = listener.accept();
                    threads.execute(() -> serve(connection, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** Answers every request with these bytes and closes. */
    public static RawServer answering(String bytes) {
        return new RawServer((connection, head) -> {
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
        });
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** The heads of all requests so far, each with as much of its body as it announced. */
    public List<String> requests() {
        return heads;
    }

    private void serve(Socket connection, Script script) {
        try (connection) {
            String head = read(connection.getInputStream());
            heads.add(head);
            script.run(connection, head);
        } catch (IOException clientHungUp) {
            return;
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int missing = -1;
        while (missing != 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("half a request");
            }
            text.append((char) next);
            if (missing > 0) {
                missing--;
            } else if (text.toString().endsWith("\r\n\r\n")) {
                missing = text.toString()
                        .lines()
                        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
