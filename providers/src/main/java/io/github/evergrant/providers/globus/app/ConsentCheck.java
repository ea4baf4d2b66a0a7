package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.globus.auth.AuthClient;
import io.github.evergrant.providers.globus.consent.ConsentForest;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person allowed what the scopes of a token depend on: no token says so, Globus Auth does. Asked once, and again
 * only when what was heard is not enough. Safe for many threads.
 */
final class ConsentCheck {

    private volatile @Nullable ConsentForest known;

    /**
     * @param identity whose consents; null when that is not known: then the APIs will say what is missing
     * @param auth asks with the session's own token
     * @throws LoginRequired {@code unmet_consents} when something is missing
     */
    void require(List<GlobusScope> scopes, String session, @Nullable String identity, Supplier<AuthClient> auth) {
        List<GlobusScope> deep = scopes.stream().filter(ConsentCheck::needsMore).toList();
        ConsentForest cached = known;
        if (deep.isEmpty() || identity == null || (cached != null && cached.satisfies(deep))) {
            return;
        }
        ConsentForest now = ConsentForest.of(auth.get().consents(identity, false));
        known = now;
        if (!now.satisfies(deep)) {
            throw new LoginRequired(Problem.of(
                            "unmet_consents",
                            "the person of session '" + session + "' has not allowed all of " + GlobusScopes.text(deep))
                    .withAdvice("log in again, and allow it")
                    .withSession(session));
        }
    }

    /** Somebody else may come. */
    void forget() {
        known = null;
    }

    private static boolean needsMore(GlobusScope scope) {
        return scope.dependencies().stream().anyMatch(dependency -> !dependency.optional());
    }
}
