package io.github.evergrant.proofs;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.proofs.Crossing.Boundary;
import java.net.URI;
import java.time.Duration;

/** A way to the network that says when a request goes out and when its reply is here, and is the given one otherwise. */
record WatchedSender(HttpSender sender, Crossings crossings) implements HttpSender {

    @Override
    public void prepare(URI to) throws HttpFailure {
        crossings.at(Boundary.PREPARES);
        sender.prepare(to);
        crossings.at(Boundary.HAS_PREPARED);
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        crossings.at(Boundary.SENDS);
        HttpReply reply;
        try {
            reply = sender.send(call, deadline, maxBytes);
        } catch (HttpFailure e) {
            crossings.at(Boundary.HAS_NO_REPLY);
            throw e;
        }
        crossings.at(Boundary.HAS_REPLY);
        return reply;
    }
}
