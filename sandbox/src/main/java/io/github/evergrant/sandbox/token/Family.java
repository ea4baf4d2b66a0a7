package io.github.evergrant.sandbox.token;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Every token that descends from one login at one resource server. Its lock guards what is not volatile. */
final class Family {

    final Grant grant;
    final ReentrantLock lock = new ReentrantLock();
    volatile boolean revoked;
    volatile @Nullable Held latest;

    Family(Grant grant) {
        this.grant = grant;
    }

    /** An access token and its end, which {@code /_sandbox/expire} may move. */
    static final class Held {
        final String value;
        final Family family;
        final Instant issuedAt;
        volatile Instant expiresAt;

        Held(String value, Family family, Instant issuedAt, Instant expiresAt) {
            this.value = value;
            this.family = family;
            this.issuedAt = issuedAt;
            this.expiresAt = expiresAt;
        }

        boolean isGoodAt(Instant now) {
            return !family.revoked && now.isBefore(expiresAt);
        }

        AccessToken snapshot() {
            return new AccessToken(value, family.grant, issuedAt, expiresAt);
        }
    }

    /** A refresh token; the fields that change are guarded by the family's lock. */
    static final class Renewer {
        final Family family;

        @Nullable
        Instant usedAt;

        @Nullable
        Issued answer;

        Renewer(Family family) {
            this.family = family;
        }
    }
}
