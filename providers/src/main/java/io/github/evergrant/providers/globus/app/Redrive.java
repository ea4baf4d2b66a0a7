package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.providers.globus.auth.AuthorizationParameters;
import io.github.evergrant.providers.globus.auth.AuthorizationRequired;
import io.github.evergrant.providers.globus.service.ApiError;
import io.github.evergrant.providers.globus.service.RetryCheck;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an API says that another login would make it content, has that login made and the request sent once more.
 *
 * <p>Also one that changes something: the API says that it did nothing.
 */
final class Redrive implements RetryCheck {

    private static final int FORBIDDEN = 403;

    private final Login login;

    Redrive(Login login) {
        this.login = login;
    }

    /** Logs in as an API wants it. */
    @FunctionalInterface
    interface Login {

        /** @param instead of the login with which the request was refused: the header it was sent with */
        void as(AuthorizationParameters wanted, @Nullable String instead);
    }

    @Override
    public Decision decide(ApiError error) {
        return decide(error, null);
    }

    @Override
    public Decision decide(ApiError error, @Nullable String sent) {
        Optional<AuthorizationParameters> wanted = wanted(error);
        wanted.ifPresent(parameters -> login.as(parameters, sent));
        return wanted.isPresent() ? Decision.REPEAT : Decision.UNDECIDED;
    }

    @Override
    public boolean isOncePerRequest() {
        return true;
    }

    /** What cannot be asked for is no demand: then the refusal is like any other. */
    private static Optional<AuthorizationParameters> wanted(ApiError error) {
        if (error.status() != FORBIDDEN) {
            return Optional.empty();
        }
        Optional<AuthorizationParameters> parameters =
                AuthorizationRequired.find(error.document().value()).map(AuthorizationRequired::parameters);
        try {
            parameters.ifPresent(AuthorizationParameters::scopes);
            return parameters;
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
