package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.providers.globus.GlobusLogin;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.time.Instant;

/** Tells what a session that was imported is good for. */
final class ImportReport {

    private final Invocation it;
    private final Session session;

    ImportReport(Invocation it, Session session) {
        this.it = it;
        this.session = session;
    }

    /** Of a copy whose refresh token its source has, too. */
    static void warnOfSharing(Invocation it) {
        it.voice()
                .warn(
                        "shared_refresh_token",
                        "two programs have the same refresh token now: if the provider should rotate it, the one that"
                                + " renews first ends the other");
    }

    /** @param login what is known of it, from wherever */
    void tell(GlobusLogin login) {
        Standing standing = session.standing();
        boolean machine = session.facts()
                .map(SessionFacts::kind)
                .filter(LoginResult.Kind.CLIENT_CREDENTIALS::equals)
                .isPresent();
        if (session.facts().isEmpty()) {
            boolean secret = login.clientId() != null;
            warn(
                    standing,
                    (secret ? "its client's secret is not known" : "which client it belongs to is not known")
                            + "; to have it renewed: "
                            + it.again(session.name())
                            + (secret ? " --client-secret-file F" : " --client-id ID"));
        } else if (!machine && !standing.hasRefreshToken()) {
            warn(standing, "it has no refresh token");
        }
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(session.name())));
        }
    }

    private void warn(Standing standing, String why) {
        it.voice().warn("not_renewable", "session " + session.name() + usable(standing) + ": " + why);
    }

    private String usable(Standing standing) {
        Instant end = standing.records().values().stream()
                .flatMap(entry -> entry.data().expiry().end().stream())
                .min(Instant::compareTo)
                .orElse(null);
        if (end == null) {
            return " can be used until an API refuses it";
        }
        return end.isAfter(it.now())
                ? " can be used until " + Times.exact(end) + " (" + Times.relative(end, it.now()) + "), not longer"
                : " has ended, and cannot be renewed";
    }
}
