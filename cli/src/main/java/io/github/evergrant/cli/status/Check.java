package io.github.evergrant.cli.status;

import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.report.Asked;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the provider about a session.
 *
 * @param asked whether it said anything: a renewal, who it is, or that it knows the token
 * @param account who it is by the provider's word, or null
 * @param trouble why it is not well, or null
 */
record Check(
        boolean asked, @Nullable Account account, @Nullable EvergrantException trouble) {

    /** Renews what is due of every resource server, then asks who it is, where the provider says. */
    static Check of(Session session, Invocation it) {
        try {
            boolean renewed = true;
            for (String resourceServer : session.standing().records().keySet()) {
                Obtained obtained = session.obtain(resourceServer, Demand.GOOD_NOW.withPatience(it.patience()));
                if (obtained.warning() != null) {
                    return new Check(true, null, obtained.warning());
                }
                renewed &= obtained.renewed();
            }
            Standing standing = session.standing();
            LoginRequired dead = dead(session, standing, it);
            if (dead != null) {
                return new Check(false, null, dead);
            }
            if (Asked.saysWhose(session)) {
                return new Check(true, Asked.whose(session, it), null);
            }
            boolean any = !standing.records().isEmpty();
            return new Check(any && (renewed || Asked.vouchesFor(session, it)), null, null);
        } catch (EvergrantException e) {
            return new Check(true, null, e);
        }
    }

    /** An access token may still be good when nothing can follow it. */
    private static @Nullable LoginRequired dead(Session session, Standing standing, Invocation it) {
        for (String resourceServer : standing.records().keySet()) {
            if (SessionState.ofRecord(session.facts(), standing, resourceServer, it.now())
                    == SessionState.LOGIN_REQUIRED) {
                String why = standing.dead().get(resourceServer);
                return new LoginRequired(Problem.of(
                                code(why),
                                "the tokens of session '" + session.name() + "' for " + resourceServer
                                        + " cannot be renewed" + (why == null ? "" : " (" + why + ")"))
                        .withSession(session.name()));
            }
        }
        return null;
    }

    private static String code(@Nullable String why) {
        if (why == null) {
            return "login_required";
        }
        if (why.startsWith(Standing.INTERACTION_REQUIRED)) {
            return Standing.INTERACTION_REQUIRED;
        }
        return why.equals(Standing.CLIENT_DELETED) ? "client_deleted" : "refresh_token_refused";
    }

    int exit() {
        return trouble == null ? Exits.DONE : Exits.of(trouble);
    }

    String words() {
        if (trouble != null) {
            return String.valueOf(trouble.getMessage());
        }
        if (!asked) {
            return "not asked: no renewal is due, and no token is one that the provider tells of";
        }
        return account == null
                ? "ok"
                : "ok, " + (account.username() == null ? account.identityId() : account.username());
    }

    /** {@code ok} is null when nobody was asked. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ok", trouble != null ? Boolean.FALSE : asked ? Boolean.TRUE : null);
        json.put("asked", asked);
        json.put("account", account == null ? null : account.username());
        json.put("identity", account == null ? null : account.identityId());
        json.put("code", trouble == null ? null : trouble.code());
        json.put("message", trouble == null ? null : trouble.getMessage());
        return json;
    }
}
