package io.github.evergrant.providers.globus.service;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.http.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * What a client is made of.
 *
 * @param title the service's name for people
 * @param base the service's address, with a slash at its end
 * @param deadline for one attempt, body included
 * @param mostBytes how large a reply may be
 */
record Setup(
        String title,
        URI base,
        HttpSender http,
        Authorizer authorizer,
        Duration deadline,
        long mostBytes,
        RetryPolicy policy,
        Pace pace) {

    Setup {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(authorizer, "authorizer");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(pace, "pace");
        base = base.toString().endsWith("/") ? base : URI.create(base + "/");
    }

    Setup with(RetryPolicy other) {
        return new Setup(title, base, http, authorizer, deadline, mostBytes, other, pace);
    }

    Setup with(Pace other) {
        return new Setup(title, base, http, authorizer, deadline, mostBytes, policy, other);
    }

    Setup withLimits(Duration time, long bytes) {
        return new Setup(title, base, http, authorizer, time, bytes, policy, pace);
    }
}
