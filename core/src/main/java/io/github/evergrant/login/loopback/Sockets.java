package io.github.evergrant.login.loopback;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's server on every loopback address that is listened on, all at one port. */
final class Sockets implements AutoCloseable {

    /** As many as connections, for which the process has a limit: one that is slow must not keep the others waiting. */
    private final ExecutorService threads;

    private final List<HttpServer> servers;
    private final AtomicBoolean started = new AtomicBoolean();

    private Sockets(List<HttpServer> servers, ExecutorService threads) {
        this.servers = servers;
        this.threads = threads;
    }

    /** @throws InvalidInput {@code port_taken} */
    static Sockets bind(LoopbackAddress address, HttpHandler handler) {
        ExecutorService threads = Executors.newCachedThreadPool(named("evergrant-callback"));
        Sockets sockets = new Sockets(new ArrayList<>(), threads);
        int port = address.port();
        try {
            for (String host : address.hosts()) {
                InetAddress place = InetAddress.getByName(host);
                // A machine without IPv6 has no second localhost that anybody could listen on.
                if (sockets.servers.isEmpty() || NetworkInterface.getByInetAddress(place) != null) {
                    HttpServer server = HttpServer.create(new InetSocketAddress(place, port), 0);
                    sockets.servers.add(server);
                    port = server.getAddress().getPort();
                    server.setExecutor(threads);
                    server.createContext("/", handler);
                }
            }
            return sockets;
        } catch (IOException e) {
            sockets.close();
            throw new InvalidInput(Problem.of(
                            "port_taken",
                            "port " + port + " of this machine cannot be listened on; another program may have it")
                    .withAdvice("end that program, or choose another port"
                            // A provider that is told a certain address knows it beforehand.
                            + (address.redirect() == null ? "" : ", and register it for your application, too"))
                    .withCause(e));
        }
    }

    int port() {
        return servers.get(0).getAddress().getPort();
    }

    void start() {
        if (started.compareAndSet(false, true)) {
            servers.forEach(HttpServer::start);
        }
    }

    /** Frees the port and cuts off whoever is still there. */
    @Override
    public void close() {
        // The JDK's server gives its port back on a thread of its own, which one that was never started has not.
        start();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
