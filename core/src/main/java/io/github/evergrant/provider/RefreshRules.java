package io.github.evergrant.provider;

import io.github.evergrant.token.Scopes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider wants of a refresh besides RFC 6749 section 6, and what it means by refusing one.
 *
 * @param scopes named in each refresh request; none for most
 * @param clientMayEnd whether {@code invalid_client} to a session's own client means that it was deleted: then only a login
 *     helps, by another client. Where it is false, a client that is refused is a matter of configuration, and the session
 *     goes on once that is put right
 * @param ownWay whether requests and replies are others than the RFC's: then {@link Provider#refreshWay} has the words
 * @param lifetime how long a refresh token is good, from the request for it; null when no end is known
 * @param endsWithUse whether a refresh token that was used is over also where the reply brings no other: a refusal of one is
 *     believed when it is said once
 */
public record RefreshRules(
        Scopes scopes,
        boolean clientMayEnd,
        boolean ownWay,
        @Nullable Duration lifetime,
        boolean endsWithUse) {

    /** As the RFC has it. */
    public static final RefreshRules USUAL = new RefreshRules(Scopes.NONE, false);

    /** In the provider's own words, whatever those are. */
    public static final RefreshRules OWN_WAY = new RefreshRules(Scopes.NONE, false, true, null, false);

    public RefreshRules {
        Objects.requireNonNull(scopes, "scopes");
    }

    /** In the RFC's words. */
    public RefreshRules(Scopes scopes, boolean clientMayEnd) {
        this(scopes, clientMayEnd, false, null, false);
    }

    /** The same, for refresh tokens that are good for so long and are over once they were used. */
    public RefreshRules ofSingleUse(Duration lifetime) {
        return new RefreshRules(scopes, clientMayEnd, ownWay, lifetime, true);
    }
}
