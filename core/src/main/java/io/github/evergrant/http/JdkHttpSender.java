package io.github.evergrant.http;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends with {@link HttpClient}: HTTP/1.1, no redirects, no cookies, no credentials but those of the call.
 *
 * <p>Safe for many threads. The client is made at the first request, so that a program that sends nothing loads none of
 * it. Close it: a client left alive costs a third of a second at the end of the JVM.
 */
public final class JdkHttpSender implements HttpSender {

    private static final Duration UNREAD = Duration.ofMillis(500);
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private static final String KEPT_FROM_PROXIES = "jdk.http.auth.tunneling.disabledSchemes";

    private final HttpSettings settings;
    private final InstantSource clock;
    private final HttpClients clients;

    public JdkHttpSender(HttpSettings settings, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.clients = new HttpClients(settings);
        ProxySettings proxy = settings.proxy();
        if (proxy != null && proxy.login() != null && System.getProperty(KEPT_FROM_PROXIES) == null) {
            // Unless this says so before Java's client is first used, it shows a password to no proxy of an https
            // address.
            System.setProperty(KEPT_FROM_PROXIES, "");
        }
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        Addresses.requireAllowed(call.uri());
        WatchedBody body = new WatchedBody(call.body());
        HttpRequest request = request(call, body);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new HttpFailure(HttpFailure.Kind.TIMED_OUT, call + ": no time left", false, null);
        }
        HttpClient connected = clients.to(call.uri());
        Instant sentAt = clock.instant();
        Future<HttpResponse<byte[]>> pending = begin(() -> connected.send(request, CappedBody.handler(maxBytes)));
        try {
            // HttpRequest.timeout ends with the head of the reply; a body that drips would hold us for ever.
            HttpResponse<byte[]> response = await(pending, deadline);
            byte[] whole = response.body();
            if (whole == null) {
                // Java hands out a proxy's refusal of a tunnel as if it were the server's, but for a body.
                String words = call + ": the proxy answered with status " + response.statusCode();
                throw new HttpFailure(HttpFailure.Kind.BROKEN, words, false, null);
            }
            return new HttpReply(response.statusCode(), response.headers().map(), whole, sentAt);
        } catch (TimeoutException e) {
            pending.cancel(true);
            String words = call + ": no whole reply within " + deadline.toMillis() + " ms";
            throw new HttpFailure(HttpFailure.Kind.TIMED_OUT, words, body.mayHaveLeft(), null);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new HttpFailure(HttpFailure.Kind.INTERRUPTED, call + ": interrupted", body.mayHaveLeft(), e);
        } catch (ExecutionException e) {
            Throwable cause = unwrapped(Objects.requireNonNullElse(e.getCause(), e));
            boolean unsent = beforeSending(cause);
            // Later failures quote what the server sent ("Invalid status line: …"), so they are not passed on.
            throw new HttpFailure(
                    kind(cause), call + ": " + words(cause), body.mayHaveLeft() && !unsent, unsent ? cause : null);
        } catch (CancellationException e) {
            throw new HttpFailure(call + ": the sender was closed", body.mayHaveLeft(), e);
        }
    }

    /**
     * Starts it on a thread of its own: what {@link HttpClient#sendAsync} returns is completed on the common pool, and
     * a program whose tasks block there would not hear of its replies in time. An interrupt ends the request.
     */
    private static <T> Future<T> begin(Callable<T> sending) {
        FutureTask<T> task = new FutureTask<>(sending);
        Thread thread = new Thread(task, "evergrant-http");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /**
     * Waits a moment longer than the deadline: on a busy machine a reply lies in the socket that nobody has had the time
     * to read, and it may hold the only live token.
     */
    private static HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> pending, Duration deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return pending.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return pending.get(UNREAD.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private HttpRequest request(HttpCall call, WatchedBody body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(call.uri());
        boolean named = false;
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            put(builder, header.getKey(), header.getValue());
            named |= header.getKey().equalsIgnoreCase("User-Agent");
        }
        if (!named) {
            put(builder, "User-Agent", settings.userAgent());
        }
        try {
            boolean empty = call.body().length == 0 && call.method().equals("GET");
            return empty
                    ? builder.GET().build()
                    : body.putOn(builder, call.method()).build();
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("bad_method", "this method cannot be sent to " + call.place()));
        }
    }

    /** The JDK's own check quotes the value, which may be a token: ours comes first, and its exception is dropped. */
    private static void put(HttpRequest.Builder builder, String name, String value) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new InvalidInput(Problem.of("illegal_header", "a header's name has characters that cannot be sent"));
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new InvalidInput(Problem.of(
                    "illegal_header", "the value for the header " + name + " has characters that cannot be sent"));
        }
        try {
            builder.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("illegal_header", "the header " + name + " cannot be set by callers"));
        }
    }

    /** Makes the client, so that the first request is not slowed down by it. */
    @Override
    public void prepare(URI to) throws HttpFailure {
        clients.to(to);
    }

    /** The client wraps most failures in a plain one, which says less. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure.getClass() == IOException.class && inner != null ? inner : failure;
    }

    /** Failures of connecting and of the TLS handshake: the request itself has not left. */
    private static boolean beforeSending(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof HttpConnectTimeoutException
                    || t instanceof UnresolvedAddressException
                    || t instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    private static HttpFailure.Kind kind(Throwable failure) {
        if (failure instanceof CappedBody.TooLarge) {
            return HttpFailure.Kind.TOO_LARGE;
        }
        return failure instanceof HttpConnectTimeoutException ? HttpFailure.Kind.TIMED_OUT : HttpFailure.Kind.BROKEN;
    }

    private static String words(Throwable failure) {
        if (failure instanceof CappedBody.TooLarge) {
            return String.valueOf(failure.getMessage());
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return "no such host";
            }
            if (t instanceof HttpConnectTimeoutException) {
                return "no connection in time";
            }
            if (t instanceof SSLHandshakeException) {
                return "the TLS handshake failed";
            }
        }
        return failure instanceof ConnectException
                ? "connection refused"
                : "the connection broke (" + failure.getClass().getSimpleName() + ")";
    }

    /**
     * Ends all requests under way.
     *
     * <p>Before Java 21 a client cannot be closed; there its threads end by themselves some time after this.
     */
    @Override
    public void close() {
        clients.close();
    }
}
