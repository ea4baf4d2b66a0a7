package io.github.evergrant.providers.globus.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a token speaks for.
 *
 * @param identityId the identity's id ({@code sub})
 * @param username as people know it, or null
 * @param name the full name, or null
 * @param email the address, or null
 * @param claims everything Globus Auth said, as JSON values, not cleaned
 */
public record UserInfo(
        String identityId,
        @Nullable String username,
        @Nullable String name,
        @Nullable String email,
        Map<String, @Nullable Object> claims) {

    public UserInfo {
        Objects.requireNonNull(identityId, "identityId");
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Without the values of the claims. */
    @Override
    public String toString() {
        return "UserInfo[" + identityId + ", " + username + ", claims " + claims.keySet() + "]";
    }
}
