package io.github.evergrant.oauth;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds where a token reply says nothing.
 *
 * @param defaultResourceServer what a token is for
 * @param defaultLifetime of an access token, or null when there is no such rule: then no end is known
 */
public record ReplyRules(
        String defaultResourceServer, @Nullable Duration defaultLifetime) {

    public ReplyRules {
        Objects.requireNonNull(defaultResourceServer, "defaultResourceServer");
    }
}
