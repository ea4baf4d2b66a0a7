package io.github.evergrant.cli.report;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.login.Account;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.providers.tastytrade.TastytradeSession;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;

/** What the API of tastytrade says to a session. */
public final class TastytradeSessions {

    private TastytradeSessions() {}

    /** @throws io.github.evergrant.error.InvalidInput {@code other_provider} when the session is with somebody else */
    public static TastytradeSession of(Invocation it, Session session) {
        return TastytradeSession.of(session, it.door().http(), it.outside().clock());
    }

    /** Whether a session is with tastytrade, which tells whose it is in its API alone. */
    static boolean are(Session session) {
        return session.facts()
                .filter(known -> known.provider().equals(TastytradeProvider.ID))
                .isPresent();
    }

    /** Whether nobody knows the username that a session by password needs to go on. */
    static boolean lackUsername(SessionFacts facts) {
        return areByPassword(facts) && facts.account().username() == null;
    }

    /** Whether what renews a session is a remember token, for which somebody has to ask at the login. */
    public static boolean areByPassword(SessionFacts facts) {
        return facts.provider().equals(TastytradeProvider.ID) && TastytradeProvider.isPassword(facts.tokenEndpoint());
    }

    /** Whose it is, by the service's own word. */
    static Account whose(Invocation it, Session session) {
        Account account = of(it, session).customer().account();
        if (account.identityId() == null) {
            throw new ProviderRefused(Problem.of("nobody_named", "tastytrade does not say whose the session is")
                    .withSession(session.name()));
        }
        return account;
    }
}
