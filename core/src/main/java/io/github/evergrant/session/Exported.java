package io.github.evergrant.session;

import io.github.evergrant.token.Secret;
import java.util.Objects;

/**
 * A session's tokens as other programs read them.
 *
 * @param text JSON, with the tokens in clear text
 * @param withoutRefreshTokens whether it has refresh tokens that were left out
 */
public record Exported(Secret text, boolean withoutRefreshTokens) {

    /** What other programs read. */
    public enum Format {
        /** A document of Globus' format 2.0, as {@code globus_sdk} 4 keeps tokens in, with the session as its namespace. */
        GLOBUS,
        /** A document of Globus' format 1.0, as {@code globus_sdk} 3 keeps tokens in: one session without a name. */
        GLOBUS1,
        /** A token reply (RFC 6749 section 5.1), with {@code other_tokens} as Globus sends them where there are several. */
        TOKEN_RESPONSE
    }

    public Exported {
        Objects.requireNonNull(text, "text");
    }
}
