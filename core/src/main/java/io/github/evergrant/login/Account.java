package io.github.evergrant.login;

import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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

    /**
     * Whom the claims of a userinfo reply name (OpenID Connect Core section 5.3.2).
     *
     * @param claims as JSON values; may be anything
     * @return nothing when they name nobody by {@code sub}, or with characters that no name has
     */
    public static Optional<Account> of(Map<String, ? extends @Nullable Object> claims) {
        String subject = HostileJson.asText(claims.get("sub"));
        if (subject == null || subject.isEmpty() || !subject.equals(Cleaned.text(subject))) {
            return Optional.empty();
        }
        String username = Stream.of("preferred_username", "email", "name")
                .map(name -> HostileJson.asText(claims.get(name)))
                .filter(Objects::nonNull)
                .map(Cleaned::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
        return Optional.of(new Account(username, subject));
    }
}
