package io.github.evergrant.login;

import org.jspecify.annotations.Nullable;

/**
 * Who logged in.
 *
 * @param username as people know it, or null when the provider did not say
 * @param identityId as the provider knows it (OpenID's {@code sub}), or null when it did not say
 */
public record Account(@Nullable String username, @Nullable String identityId) {

    /** Nobody in particular: a machine, or a provider that does not say. */
    public static final Account UNKNOWN = new Account(null, null);
}
