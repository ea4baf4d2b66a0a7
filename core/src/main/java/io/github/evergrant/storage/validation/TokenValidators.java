package io.github.evergrant.storage.validation;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Demands that are ready-made.
 *
 * <p>What is refused on the way out is a {@link io.github.evergrant.error.LoginRequired}, what is refused on the way in a
 * {@link io.github.evergrant.error.LoginFailed}; each names session, resource server and what to do.
 */
public final class TokenValidators {

    private TokenValidators() {}

    /**
     * A record must be there when it is asked for; code {@code missing_token}.
     *
     * @param resourceServers whose records must be there whenever all are read; possibly none
     */
    public static TokenValidator present(String... resourceServers) {
        List<String> needed = List.of(resourceServers);
        return afterRead(reading -> {
            String asked = reading.resourceServer();
            for (String each : asked == null ? needed : List.of(asked)) {
                if (!reading.records().containsKey(each)) {
                    throw Refusals.read(
                            "missing_token",
                            reading.namespace(),
                            "session '" + reading.namespace() + "' has no token for '" + each + "'",
                            "log in with a scope of it");
                }
            }
        });
    }

    /**
     * An access token's end must not be past; code {@code token_expired}. One that ends this very second is good, and one
     * without a known end is.
     *
     * <p>Only for programs that send what they read: whoever renews has to read what has ended, as
     * {@link ValidatingTokenStorage#unvalidated} gives it. A session door does so, and renews before it hands out.
     */
    public static TokenValidator notExpired(InstantSource clock) {
        return afterRead(reading -> reading.records().forEach((resourceServer, data) -> {
            Expiry expiry = data.expiry();
            Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
            if (expiry.end().filter(now::isAfter).isPresent()) {
                throw Refusals.read(
                        "token_expired",
                        reading.namespace(),
                        "the token of session '" + reading.namespace() + "' for '" + resourceServer + "' ended at "
                                + Instant.ofEpochSecond(expiry.epochSecond()),
                        data.refreshToken() == null ? "log in again" : "renew it, or log in again");
            }
        }));
    }

    /** A record must have a refresh token; code {@code no_refresh_token}. */
    public static TokenValidator hasRefreshTokens() {
        return afterRead(reading -> reading.records().forEach((resourceServer, data) -> {
            if (data.refreshToken() == null) {
                throw Refusals.read(
                        "no_refresh_token",
                        reading.namespace(),
                        "session '" + reading.namespace() + "' has no refresh token for '" + resourceServer + "'",
                        "log in again, with refresh tokens");
            }
        }));
    }

    /**
     * A record must have been granted these scopes, on the way in and out; code {@code unmet_scopes}, which names those
     * that are lacking.
     *
     * <p>In a scope as the Globus library writes it, the mark of an optional one and the dependencies in brackets are not
     * looked at: no token says whether they were granted.
     *
     * @param byResourceServer what each needs; a record of another resource server needs nothing
     */
    public static TokenValidator scopes(Map<String, Scopes> byResourceServer) {
        return new RequiredScopes(byResourceServer);
    }

    /**
     * A session must stay one account's, and every login must say whose it is; codes {@code other_account} and
     * {@code missing_identity}.
     *
     * <p>Whose it is, is what the stored records say at that moment: after the session was removed it may become
     * anybody's. A record whose account is not known may be renewed without one.
     */
    public static TokenValidator sameIdentity() {
        return new SameIdentity();
    }

    private static TokenValidator afterRead(Consumer<Reading> demand) {
        return new TokenValidator() {
            @Override
            public void afterRead(Reading reading) {
                demand.accept(reading);
            }
        };
    }
}
