package io.github.evergrant.cli.report;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.SessionFacts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How a session, or one of its tokens, stands; the worst of what is true. */
public enum SessionState {
    FRESH,
    /** Good, and its successor is due soon. */
    AGING,
    /** Its successor is fetched at the next call. */
    SPENT,
    /** The provider asked to be left alone for a while. */
    COOLING,
    /** A renewal was sent whose answer nobody has; the next call settles it. */
    IN_DOUBT,
    /** Only a login helps. */
    LOGIN_REQUIRED;

    /** As scripts know it: {@code login-required}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state of a whole session. */
    public static SessionState of(Optional<SessionFacts> facts, Standing standing, Instant now) {
        SessionState worst = FRESH;
        for (String resourceServer : standing.records().keySet()) {
            SessionState state = ofRecord(facts, standing, resourceServer, now);
            worst = state.compareTo(worst) > 0 ? state : worst;
        }
        if (worst != LOGIN_REQUIRED && standing.inDoubt() != null) {
            return IN_DOUBT;
        }
        return worst.compareTo(COOLING) < 0 && standing.coolingUntil() != null ? COOLING : worst;
    }

    /** The state of one resource server's tokens. */
    public static SessionState ofRecord(
            Optional<SessionFacts> facts, Standing standing, String resourceServer, Instant now) {
        Standing.Entry entry = standing.records().get(resourceServer);
        if (entry == null || standing.dead().containsKey(resourceServer)) {
            return LOGIN_REQUIRED;
        }
        boolean over = entry.data().expiry().hasPassed(now);
        if (over && !isRenewable(facts, entry, now)) {
            return LOGIN_REQUIRED;
        }
        Freshness freshness = entry.freshness();
        return freshness == Freshness.SPENT ? SPENT : freshness == Freshness.AGING ? AGING : FRESH;
    }

    /** A session that another program wrote has no client that we know, and so nobody to renew it. */
    static boolean isRenewable(Optional<SessionFacts> facts, Standing.Entry entry, Instant now) {
        Instant end = entry.refreshEnd();
        if (end != null && !now.isBefore(end)) {
            return false;
        }
        return facts.map(known -> known.kind() == LoginResult.Kind.CLIENT_CREDENTIALS
                        || (entry.data().refreshToken() != null && !TastytradeSessions.lackUsername(known)))
                .orElse(false);
    }
}
