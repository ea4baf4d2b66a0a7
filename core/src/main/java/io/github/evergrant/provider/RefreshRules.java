package io.github.evergrant.provider;

import io.github.evergrant.token.Scopes;
import java.util.Objects;

/**
 * What a provider wants of a refresh besides RFC 6749 section 6, and what it means by refusing one.
 *
 * @param scopes named in each refresh request; none for most
 * @param clientMayEnd whether {@code invalid_client} to a session's own client means that it was deleted: then only a login
 *     helps, by another client. Where it is false, a client that is refused is a matter of configuration, and the session
 *     goes on once that is put right
 * @param ownWay whether requests and replies are others than the RFC's: then {@link Provider#refreshWay} has the words
 */
public record RefreshRules(Scopes scopes, boolean clientMayEnd, boolean ownWay) {

    /** As the RFC has it. */
    public static final RefreshRules USUAL = new RefreshRules(Scopes.NONE, false);

    /** In the provider's own words, whatever those are. */
    public static final RefreshRules OWN_WAY = new RefreshRules(Scopes.NONE, false, true);

    public RefreshRules {
        Objects.requireNonNull(scopes, "scopes");
    }

    /** In the RFC's words. */
    public RefreshRules(Scopes scopes, boolean clientMayEnd) {
        this(scopes, clientMayEnd, false);
    }
}
