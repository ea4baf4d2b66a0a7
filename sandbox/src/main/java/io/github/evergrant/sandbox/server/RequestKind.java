package io.github.evergrant.sandbox.server;

/**
 * The names of request kinds, as fault rules match them and as the counters and the log show them. Those here are
 * common to all dialects; a dialect's own API adds its own, such as {@code groups.my_groups} of Globus.
 */
public final class RequestKind {

    /** A token request with the refresh grant. */
    public static final String TOKEN_REFRESH = "token.refresh";
    /** A token request with the authorization code grant. */
    public static final String TOKEN_AUTHORIZATION_CODE = "token.authorization_code";
    /** A token request with the client credentials grant. */
    public static final String TOKEN_CLIENT_CREDENTIALS = "token.client_credentials";
    /** A token request with a person's name and password. */
    public static final String TOKEN_PASSWORD = "token.password";
    /** A token request with another grant, or with none. */
    public static final String TOKEN_OTHER = "token.other";
    /** The page that asks a person to sign in and allow. */
    public static final String AUTHORIZE = "authorize";
    /** The answer a person gave on that page. */
    public static final String AUTHORIZE_DECISION = "authorize.decision";
    /** The page that shows a code to be pasted. */
    public static final String AUTH_CODE_PAGE = "auth_code";
    /** Token revocation. */
    public static final String REVOKE = "revoke";
    /** Token introspection. */
    public static final String INTROSPECT = "introspect";
    /** The OpenID userinfo endpoint. */
    public static final String USERINFO = "userinfo";
    /** The OpenID configuration. */
    public static final String DISCOVERY = "discovery";
    /** The keys that sign id tokens. */
    public static final String JWKS = "jwks";
    /** Anything a dialect does not have, including a wrong method. */
    public static final String UNKNOWN = "unknown";

    private RequestKind() {}
}
