package io.github.evergrant.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's clients of one sender: one for HTTPS, and one for plain HTTP to this machine. Each is made when it is first needed;
 * the second much faster, since nothing is made ready for TLS. Safe for many threads.
 */
final class HttpClients {

    private final HttpSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable HttpClient secure;
    private volatile @Nullable HttpClient plain;
    private volatile boolean closed;

    HttpClients(HttpSettings settings) {
        this.settings = settings;
    }

    /** @throws HttpFailure when these were closed */
    HttpClient to(URI address) throws HttpFailure {
        boolean tls = !"http".equalsIgnoreCase(address.getScheme());
        HttpClient ready = tls ? secure : plain;
        if (ready != null) {
            return ready;
        }
        lock.lock();
        try {
            if (closed) {
                throw new HttpFailure("the sender is closed", false, null);
            }
            HttpClient again = tls ? secure : plain;
            if (again != null) {
                return again;
            }
            HttpClient made = make(tls);
            if (tls) {
                secure = made;
            } else {
                plain = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private HttpClient make(boolean tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        ProxySettings proxy = settings.proxy();
        builder.proxy(proxy == null ? HttpClient.Builder.NO_PROXY : proxy.selector());
        if (proxy != null) {
            proxy.authenticator().ifPresent(builder::authenticator);
        }
        if (!tls) {
            builder.sslContext(Trust.nobody());
        } else if (settings.insecureSkipTlsVerify()) {
            builder.sslContext(Trust.insecureAnything());
        } else if (settings.caFile() != null) {
            builder.sslContext(Trust.onlyFrom(settings.caFile()));
        }
        return builder.build();
    }

    void close() {
        HttpClient endedSecure;
        HttpClient endedPlain;
        lock.lock();
        try {
            closed = true;
            endedSecure = secure;
            endedPlain = plain;
            secure = null;
            plain = null;
        } finally {
            lock.unlock();
        }
        shutDown(endedSecure);
        shutDown(endedPlain);
    }

    private static void shutDown(@Nullable HttpClient ended) {
        if (ended == null) {
            return;
        }
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(ended);
        } catch (NoSuchMethodException e) {
            // Java 17 to 20: unreachable now, it is ended by the garbage collector.
            return;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a public method of a public class cannot be called", e);
        }
    }
}
