package io.github.evergrant.oauth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of looking at an id token. */
public sealed interface IdTokenResult {

    /**
     * It can be believed.
     *
     * @param subject who logged in, as the server knows them
     * @param username as people know them, or null when the token does not say
     */
    record Verified(String subject, @Nullable String username) implements IdTokenResult {
        public Verified {
            Objects.requireNonNull(subject, "subject");
        }
    }

    /**
     * It cannot be believed; the tokens beside it are kept all the same.
     *
     * @param why in words, without values
     */
    record Unverified(String why) implements IdTokenResult {}
}
