package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.session.Session;
import org.jspecify.annotations.Nullable;

/** Tokens of one resource server of an app's session; looks first whether it has what is required. */
final class AppAuthorizer implements Authorizer {

    private final GlobusApp app;
    private final String resourceServer;
    private volatile @Nullable Ready ready;

    AppAuthorizer(GlobusApp app, String resourceServer) {
        this.app = app;
        this.resourceServer = resourceServer;
    }

    /** A session that was found to meet what was required. */
    private record Ready(Requirements requirements, Session session, Authorizer tokens) {}

    @Override
    public @Nullable String header() {
        Authorizer found = tokens();
        try {
            return found.header();
        } catch (LoginRequired e) {
            // It was good when it was found, and has ended since: what is there now is looked at, and a login may cure
            // it.
            ready = null;
            return tokens().header();
        }
    }

    @Override
    public boolean renewAfterRefusal(String refused) {
        Authorizer found = tokens();
        try {
            return found.renewAfterRefusal(refused);
        } catch (LoginRequired e) {
            ready = null;
            app.cure(e, resourceServer, () -> wouldSend(refused));
            return !refused.equals(header());
        }
    }

    private boolean wouldSend(String refused) {
        try {
            return refused.equals(tokens().header());
        } catch (LoginRequired e) {
            return true;
        }
    }

    private Authorizer tokens() {
        Ready known = ready;
        Requirements required = app.required();
        if (known != null
                && known.requirements().equals(required)
                && known.session().equals(app.openSession())) {
            return known.tokens();
        }
        Session session = app.meeting(resourceServer);
        Ready now = new Ready(required, session, session.authorizer(resourceServer));
        ready = now;
        return now.tokens();
    }
}
