package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.login.Account;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.util.List;

/**
 * A login that is kept.
 *
 * @param session as which
 * @param provider with whom
 * @param oddities of the provider's reply, in words
 */
record Kept(Session session, ProviderData provider, List<String> oddities) {

    /** What a person is told, here and on the page of a browser. */
    String sentence() {
        String who = session.facts()
                .map(SessionFacts::account)
                .map(account -> account.username())
                .orElse(null);
        return "Signed in to " + provider.title() + (who == null ? "" : " as " + who) + ". Session " + session.name()
                + " is saved.";
    }

    /** To the person alone. */
    void say(Invocation it) {
        it.voice().say(sentence());
        if (provider.id().equals(TastytradeProvider.ID)) {
            sayWhatLacks(it);
        }
        if (it.verbose()) {
            oddities.forEach(it.voice()::say);
        }
    }

    private void sayWhatLacks(Invocation it) {
        SessionReport report = new SessionReport(session.name(), session.facts(), session.standing(), it.now(), null);
        if (report.endsWithToken()) {
            it.voice()
                    .say("It ends with its token, " + report.expires()
                            + ", and cannot be renewed: it has no remember token.");
        }
        if (report.facts()
                .map(SessionFacts::account)
                .filter(Account.UNKNOWN::equals)
                .isPresent()) {
            it.voice()
                    .warn(
                            "account_unknown",
                            "whose session " + session.name() + " is, is not known: tastytrade did not say");
        }
    }

    /** To the person, and to whoever reads JSON. */
    void tell(Invocation it) {
        say(it);
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(session.name())));
        }
    }

    /** Alone on a line of standard output, for whoever keeps it elsewhere too. */
    void printRefreshToken(Invocation it) {
        Standing.Entry entry = session.standing().records().get(session.resourceServer());
        Secret token = entry == null ? null : entry.data().refreshToken();
        if (token == null) {
            it.voice().warn("no_refresh_token", provider.title() + " gave no refresh token");
        } else {
            it.voice().print(token.reveal());
        }
    }
}
