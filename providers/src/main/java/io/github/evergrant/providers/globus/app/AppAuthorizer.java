package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.session.Session;
import org.jspecify.annotations.Nullable;

/** Tokens of one resource server of an app's session; looks first whether it has what is required. */
final class AppAuthorizer implements Authorizer {

    private final Readiness readiness;
    private final String resourceServer;
    private volatile @Nullable Ready ready;

    AppAuthorizer(Readiness readiness, String resourceServer) {
        this.readiness = readiness;
        this.resourceServer = resourceServer;
    }

    /** A session that was found to meet what was required. */
    private record Ready(Requirements requirements, Session session, Authorizer tokens) {}

    @Override
    public @Nullable String header() {
        return header(readiness.lastLogin());
    }

    private @Nullable String header(Desk.@Nullable Visit seen) {
        Authorizer found = tokens(seen);
        try {
            return found.header();
        } catch (LoginRequired e) {
            // It was good when it was found, and has ended since: what is there now is looked at, and a login may cure
            // it.
            ready = null;
            return tokens(seen).header();
        }
    }

    @Override
    public boolean renewAfterRefusal(String refused) {
        Desk.Visit seen = readiness.lastLogin();
        Authorizer found = tokens(seen);
        try {
            return found.renewAfterRefusal(refused);
        } catch (LoginRequired e) {
            ready = null;
            readiness.cure(e, resourceServer, seen, () -> wouldSend(refused, seen));
            return !refused.equals(header(seen));
        }
    }

    private boolean wouldSend(String refused, Desk.@Nullable Visit seen) {
        try {
            return refused.equals(tokens(seen).header());
        } catch (LoginRequired e) {
            return true;
        }
    }

    private Authorizer tokens(Desk.@Nullable Visit seen) {
        Ready known = ready;
        Requirements required = readiness.required();
        if (known != null
                && known.requirements().equals(required)
                && known.session().equals(readiness.openSession())) {
            return known.tokens();
        }
        Session session = readiness.meeting(resourceServer, seen);
        Ready now = new Ready(required, session, session.authorizer(resourceServer));
        ready = now;
        return now.tokens();
    }
}
