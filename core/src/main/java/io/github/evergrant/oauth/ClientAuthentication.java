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
    POST
}
