package io.github.evergrant.cli.status;

import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.report.Asked;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.Account;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the provider about a session.
 *
 * @param account who it is by the provider's word, or null
 * @param trouble why it is not well, or null
 */
record Check(@Nullable Account account, @Nullable EvergrantException trouble) {

    /** Renews what is due of every resource server, then asks who it is, where the provider says. */
    static Check of(Session session, Invocation it) {
        try {
            for (String resourceServer : session.standing().records().keySet()) {
                Obtained obtained = session.obtain(resourceServer, Demand.GOOD_NOW.withPatience(it.patience()));
                if (obtained.warning() != null) {
                    return new Check(null, obtained.warning());
                }
            }
            boolean says = session.facts().map(SessionFacts::userinfoEndpoint).isPresent();
            boolean asksOpenId = session.standing().records().values().stream()
                    .anyMatch(entry -> entry.data().scopes().values().contains("openid"));
            return new Check(says && asksOpenId ? Asked.whose(session, it) : null, null);
        } catch (EvergrantException e) {
            return new Check(null, e);
        }
    }

    int exit() {
        return trouble == null ? Exits.DONE : Exits.of(trouble);
    }

    String words() {
        if (trouble != null) {
            return String.valueOf(trouble.getMessage());
        }
        return account == null
                ? "ok"
                : "ok, " + (account.username() == null ? account.identityId() : account.username());
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ok", trouble == null);
        json.put("account", account == null ? null : account.username());
        json.put("identity", account == null ? null : account.identityId());
        json.put("code", trouble == null ? null : trouble.code());
        json.put("message", trouble == null ? null : trouble.getMessage());
        return json;
    }
}
