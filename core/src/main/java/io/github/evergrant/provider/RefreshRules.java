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
 */
public record RefreshRules(Scopes scopes, boolean clientMayEnd) {

    /** As the RFC has it. */
    public static final RefreshRules USUAL = new RefreshRules(Scopes.NONE, false);

    public RefreshRules {
        Objects.requireNonNull(scopes, "scopes");
    }
}
