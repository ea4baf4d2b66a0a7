package io.github.evergrant.sandbox.globus.transfer;

import io.github.evergrant.sandbox.token.Grant;

/** What people allowed services to use for their sake. */
@FunctionalInterface
public interface Consents {

    /**
     * Whether the person of a token allowed its client that the service of a scope uses another one.
     *
     * @param scope one of the token's
     * @param dependency what the service uses
     */
    boolean allow(Grant token, String scope, String dependency);
}
