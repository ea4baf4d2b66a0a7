package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.auth.AuthorizationRequired;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls, and where an API says that another login would make it content, logs in and sends the call once more.
 *
 * <p>Also one that changes something: the API says that it did nothing. Of many calls that are refused at once, one login
 * serves all.
 */
final class RedrivingSender implements Function<HttpCall, HttpReply> {

    private final Function<HttpCall, HttpReply> sender;
    private final Authorizer authorizer;
    private final Login login;

    /** @param sender uses the authorizer */
    RedrivingSender(Function<HttpCall, HttpReply> sender, Authorizer authorizer, Login login) {
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
    public HttpReply apply(HttpCall call) {
        String sent = authorizer.header();
        HttpReply reply = sender.apply(call);
        Optional<AuthorizationParameters> wanted = wanted(reply);
        if (wanted.isPresent() && !Objects.equals(sent, authorizer.header())) {
            // Somebody logged in meanwhile, or the token was renewed: that may be enough.
            sent = authorizer.header();
            reply = sender.apply(call);
            wanted = wanted(reply);
        }
        if (wanted.isEmpty()) {
            return reply;
        }
        login.as(wanted.get(), sent);
        return sender.apply(call);
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
