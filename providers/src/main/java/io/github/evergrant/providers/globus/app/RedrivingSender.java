package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.auth.AuthorizationRequired;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends authorized calls, and where an API says that another login would make it content, logs in and sends the call once
 * more.
 *
 * <p>Also one that changes something: the API says that it did nothing. Of many calls that are refused at once, one login
 * serves all.
 */
final class RedrivingSender implements HttpSender {

    private static final String AUTHORIZATION = "Authorization";

    private final HttpSender sender;
    private final Authorizer authorizer;
    private final Login login;

    /** @param authorizer whose header is on the calls */
    RedrivingSender(HttpSender sender, Authorizer authorizer, Login login) {
        this.sender = sender;
        this.authorizer = authorizer;
        this.login = login;
    }

    /** Logs in as an API wants it. */
    @FunctionalInterface
    interface Login {

        /** @param instead of the login with which the call was refused: the header it was sent with */
        void as(AuthorizationParameters wanted, @Nullable String instead);
    }

    @Override
    public void prepare() throws HttpFailure {
        sender.prepare();
    }

    @Override
    public HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure {
        HttpReply reply = sender.send(call, deadline, maxBytes);
        Optional<AuthorizationParameters> wanted = wanted(reply);
        if (wanted.isEmpty()) {
            return reply;
        }
        String sent = call.headers().get(AUTHORIZATION);
        String now = authorizer.header();
        if (!Objects.equals(sent, now)) {
            // Somebody logged in meanwhile, or the token was renewed: that may be enough.
            sent = now;
            reply = sender.send(with(call, now), deadline, maxBytes);
            wanted = wanted(reply);
            if (wanted.isEmpty()) {
                return reply;
            }
        }
        login.as(wanted.get(), sent);
        return sender.send(with(call, authorizer.header()), deadline, maxBytes);
    }

    private static HttpCall with(HttpCall call, @Nullable String header) {
        return header == null ? call : call.withHeader(AUTHORIZATION, header);
    }

    /** What cannot be asked for is no demand: then the refusal is like any other. */
    private static Optional<AuthorizationParameters> wanted(HttpReply reply) {
        if (reply.status() != 403) {
            return Optional.empty();
        }
        Optional<AuthorizationParameters> parameters =
                AuthorizationRequired.in(reply).map(AuthorizationRequired::parameters);
        try {
            parameters.ifPresent(AuthorizationParameters::scopes);
            return parameters;
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
