package io.github.evergrant.session;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The tokens of one resource server of a session. A fresh one costs two volatile reads and a clock. */
final class SessionAuthorizer implements Authorizer {

    /** How long an aging or doubtful token is handed out before the storage is asked again. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final Session session;
    private final String resourceServer;
    private final InstantSource clock;
    private volatile @Nullable Held held;

    SessionAuthorizer(Session session, String resourceServer, InstantSource clock) {
        this.session = session;
        this.resourceServer = resourceServer;
        this.clock = clock;
    }

    /**
     * A token in hand, handed out unasked until its time by the wall clock or by the monotonic clock, whichever is first: the
     * wall clock may be set back, and the other one stops while the machine sleeps.
     */
    private static final class Held {

        /** A clock costs more than all the rest: the second one is asked as often as this, by the first. */
        private static final long BOTH_CLOCKS_MILLIS = 50;

        private final AccessToken token;
        private final String header;
        private final long untilMillis;
        private final long untilNanos;
        private volatile long askedMillis;

        Held(AccessToken token, long nowMillis, Duration good) {
            this.token = token;
            this.header = token.header();
            this.untilMillis = nowMillis + good.toMillis();
            this.untilNanos = System.nanoTime() + good.toNanos();
            this.askedMillis = nowMillis;
        }

        boolean isGood(long nowMillis) {
            if (nowMillis >= untilMillis) {
                return false;
            }
            long since = nowMillis - askedMillis;
            return (since >= 0 && since < BOTH_CLOCKS_MILLIS) || isGoodByBoth(nowMillis);
        }

        private boolean isGoodByBoth(long nowMillis) {
            boolean good = System.nanoTime() - untilNanos < 0;
            if (good) {
                askedMillis = nowMillis;
            }
            return good;
        }
    }

    /** The token in hand has a successor. */
    void letGo() {
        held = null;
    }

    AccessToken token() {
        return hold().token;
    }

    @Override
    public String header() {
        return hold().header;
    }

    @Override
    public boolean renewAfterRefusal(String refused) {
        String token = refused.substring(refused.indexOf(' ') + 1);
        held = null;
        try {
            Obtained obtained = session.obtain(
                    resourceServer, Demand.insteadOf(Secret.of(token)).withPatience(session.patience()));
            return !hold(obtained).header.equals(refused);
        } catch (EvergrantException e) {
            if (e.code().equals("refused_again") || e.code().equals("same_token_again")) {
                return false;
            }
            throw e;
        }
    }

    private Held hold() {
        Held now = held;
        if (now != null && now.isGood(clock.millis())) {
            return now;
        }
        return hold(session.obtain(resourceServer, Demand.GOOD_NOW.withPatience(session.patience())));
    }

    private Held hold(Obtained obtained) {
        AccessToken token = obtained.data().access();
        Instant now = clock.instant();
        Duration good = obtained.freshness() == Freshness.FRESH && obtained.warning() == null
                ? fresh(now, obtained.freshUntil())
                : Duration.ZERO;
        if (obtained.freshness() == Freshness.AGING) {
            good = RECHECK;
        }
        Held next = new Held(token, now.toEpochMilli(), good);
        held = next;
        return next;
    }

    /** At most a day, so that the arithmetic never overflows for a token without an end. */
    private static Duration fresh(Instant now, Instant until) {
        Duration day = Duration.ofDays(1);
        if (until.isAfter(now.plus(day))) {
            return day;
        }
        Duration left = Duration.between(now, until);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
