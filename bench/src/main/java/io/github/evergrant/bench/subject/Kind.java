package io.github.evergrant.bench.subject;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is measured side by side. */
public enum Kind {
    FLOOR("floor: a volatile read and a clock") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return new Floor();
        }
    },
    EVERGRANT("Evergrant `Authorizer.header()`, JSON store") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return Ours.open("json", first, endpoint);
        }
    },
    EVERGRANT_SQLITE("Evergrant `Authorizer.header()`, SQLite store") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return Ours.open("sqlite", first, endpoint);
        }
    },
    GOOGLE_AUTH("google-auth 1.52.0 `getRequestMetadata`") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return new GoogleAuth(first, endpoint);
        }
    },
    GOOGLE_OAUTH_CLIENT("google-oauth-client 1.39.0 `getAccessToken`, asks no clock") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return GoogleOAuthClient.token(first, endpoint);
        }
    },
    GOOGLE_OAUTH_CLIENT_REQUEST("google-oauth-client 1.39.0 `intercept`") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return GoogleOAuthClient.onRequest(first, endpoint);
        }
    },
    AWS("AWS SDK 2.57.8 `CachedSupplier.get`") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return new Aws(first, endpoint);
        }
    },
    SPRING("Spring Security 7.1.1 `authorize`") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return new Spring(first, endpoint);
        }
    },
    MSAL4J("MSAL4J 1.23.1 `acquireTokenSilently`") {
        @Override
        Subject open(Tokens first, @Nullable Endpoint endpoint) {
            return new Msal(first, endpoint);
        }
    };

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public boolean isOurs() {
        return this == EVERGRANT || this == EVERGRANT_SQLITE;
    }

    /** Whether it says what can be sent now; google-oauth-client's getter gives what it has, ended or not. */
    public boolean isPeer() {
        return this != FLOOR && this != GOOGLE_OAUTH_CLIENT && !isOurs();
    }

    /** All that renew, ours first. */
    public static Kind[] renewing() {
        return Arrays.stream(values())
                .filter(kind -> kind != FLOOR && kind != GOOGLE_OAUTH_CLIENT)
                .toArray(Kind[]::new);
    }

    /** One that holds a token with an hour to live, and never needs the network. */
    public Subject fresh() {
        return open(Tokens.fresh(), null);
    }

    /** One that holds a token that has ended, and renews it at an endpoint. */
    public Subject spent(Endpoint endpoint) {
        return open(endpoint.grantSpent(), endpoint);
    }

    abstract Subject open(Tokens first, @Nullable Endpoint endpoint);
}
