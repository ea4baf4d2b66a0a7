package io.github.evergrant.sandbox;

import com.sun.net.httpserver.HttpServer;
import io.github.evergrant.sandbox.agave.AgaveDialect;
import io.github.evergrant.sandbox.globus.GlobusDialect;
import io.github.evergrant.sandbox.globus.transfer.TutorialCollections;
import io.github.evergrant.sandbox.server.Dialect;
import io.github.evergrant.sandbox.server.FrontDoor;
import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.spatiafi.SpatiaFiDialect;
import io.github.evergrant.sandbox.tastytrade.TastytradeDialect;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running sandbox: an authorization server on 127.0.0.1 that keeps everything in memory. Safe for all threads; serves
 * any number of requests at once, each in a thread of its own, until it is closed.
 * Until then it keeps the process alive.
 */
public final class Sandbox implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final FrontDoor door;
    private final ExecutorService threads;
    private final URI base;
    private final List<Dialect> dialects;

    private Sandbox(HttpServer server, SandboxSettings settings, InstantSource clock) {
        this.server = server;
        this.base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Randomness random = new Randomness(settings.seed());
        this.dialects = List.of(
                new AgaveDialect(base.toString(), SandboxPeople.AGAVE, policy(settings), random, clock),
                globus(policy(settings), random, clock),
                new SpatiaFiDialect(base.toString(), SandboxPeople.SPATIAFI, policy(settings), random, clock),
                new TastytradeDialect(base.toString(), SandboxPeople.TASTYTRADE, policy(settings), random, clock));
        this.door = new FrontDoor(dialects, SandboxPeople.PEOPLE, settings.latency(), clock);
        this.threads = Executors.newCachedThreadPool(named("evergrant-sandbox-" + base.getPort() + "-"));
        server.createContext("/", door);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts a sandbox, which serves when this returns. Sets the process-wide property
     * {@code sun.net.httpserver.nodelay}, and two more of the JDK's server unless they are set already.
     *
     * @throws UncheckedIOException when the port is taken
     */
    public static Sandbox start(SandboxSettings settings) {
        return start(settings, InstantSource.system());
    }

    /**
     * As {@link #start(SandboxSettings)}, by another clock than the system's: tokens, a refresh token's grace and tasks end
     * by it. Delays last by the system's.
     *
     * @throws UncheckedIOException when the port is taken
     */
    public static Sandbox start(SandboxSettings settings, InstantSource clock) {
        // Without it small answers wait 40 ms for an acknowledgement that the other side is delaying.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // By default the 201st idle connection is closed, and each after half a minute; a client that is about to
        // send on one of them then fails with a fault nobody asked for.
        keep("sun.net.httpserver.maxIdleConnections", "10000");
        keep("sun.net.httpserver.idleInterval", "3600");
        InetSocketAddress address = new InetSocketAddress(loopback(), settings.port());
        try {
            return new Sandbox(HttpServer.create(address, BACKLOG), settings, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot listen on " + address, e);
        }
    }

    /** The address everything is below, such as {@code http://127.0.0.1:43121}, without a slash at the end. */
    public URI base() {
        return base;
    }

    /** One line of JSON, without a line end, that says where everything is. */
    public String readyLine() {
        ObjectNode json = Json.object().put("ready", true).put("base", base.toString());
        for (Dialect dialect : dialects) {
            ObjectNode places = json.putObject(dialect.name());
            dialect.places().forEach(places::put);
        }
        return json.toString();
    }

    /** Stops serving; requests that are being delayed are dropped. Closing again does nothing. */
    @Override
    public void close() {
        door.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private Dialect globus(TokenPolicy policy, Randomness random, InstantSource clock) {
        return new GlobusDialect(
                base.toString(),
                SandboxPeople.PEOPLE,
                List.of(SandboxPeople.GLOBUS_PUBLIC_CLIENT, SandboxPeople.GLOBUS_CONFIDENTIAL_CLIENT),
                List.of(SandboxPeople.GLOBUS_DEMO_GROUP, SandboxPeople.GLOBUS_OTHER_GROUP),
                TutorialCollections.of(SandboxPeople.DEMO, SandboxPeople.OTHER),
                policy,
                random,
                clock);
    }

    private static TokenPolicy policy(SandboxSettings settings) {
        return new TokenPolicy(
                settings.accessTokenLifetime(),
                settings.rotate() == SandboxSettings.Rotation.ALWAYS,
                settings.reuseGrace());
    }

    private static void keep(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
