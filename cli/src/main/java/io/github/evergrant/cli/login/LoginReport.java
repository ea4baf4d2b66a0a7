package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;

/** Tells that a login is done. */
final class LoginReport {

    private LoginReport() {}

    static void tell(Invocation it, Session session, LoginResult result) {
        String who = session.facts()
                .map(SessionFacts::account)
                .map(account -> account.username())
                .orElse(null);
        it.voice()
                .say("Signed in to " + result.provider().title() + (who == null ? "" : " as " + who) + ". Session "
                        + session.name() + " is saved.");
        if (it.verbose()) {
            result.response().oddities().forEach(it.voice()::say);
        }
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(session.name())));
        }
    }
}
