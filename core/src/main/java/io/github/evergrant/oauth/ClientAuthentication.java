package io.github.evergrant.oauth;

/** How a client proves itself to a token endpoint (RFC 6749 section 2.3). */
public enum ClientAuthentication {
    /** A public client: it names its id in the body and proves nothing. */
    NONE,
    /** HTTP Basic with the form-encoded id and secret. */
    BASIC,
    /** HTTP Basic with id and secret as they are (RFC 7617), which Globus and others want. */
    BASIC_UNENCODED,
    /** Id and secret in the body. */
    POST,
    /**
     * An assertion in the body, signed with the secret, which itself is never sent: {@code client_secret_jwt} of OpenID
     * Connect Core section 9 (RFC 7523 section 2.2), by HS256.
     */
    CLIENT_SECRET_JWT
}
