package io.github.evergrant.http;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A request body that knows whether anybody asked for it.
 *
 * <p>The client asks once it is connected and about to write the head; before that nothing has left this machine. An
 * empty body is never asked for, so it tells nothing.
 */
final class WatchedBody implements BodyPublisher {

    private final BodyPublisher bytes;
    private volatile boolean asked;

    WatchedBody(byte[] body) {
        bytes = BodyPublishers.ofByteArray(body);
    }

    /** Here, so that who sends nothing loads nothing of the JDK's client when its code is verified. */
    HttpRequest.Builder putOn(HttpRequest.Builder request, String method) {
        return request.method(method, this);
    }

    boolean mayHaveLeft() {
        return asked || contentLength() == 0;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        asked = true;
        bytes.subscribe(subscriber);
    }
}
