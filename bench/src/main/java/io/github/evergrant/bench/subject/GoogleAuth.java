package io.github.evergrant.bench.subject;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** google-auth: credentials that say how they are refreshed. */
final class GoogleAuth implements Subject {

    private final OAuth2Credentials credentials;

    GoogleAuth(Tokens first, @Nullable Endpoint endpoint) {
        this.credentials = new Refreshing(first, endpoint);
    }

    private static AccessToken token(Tokens tokens) {
        return new AccessToken(tokens.access(), Date.from(tokens.expiresAt()));
    }

    private static final class Refreshing extends OAuth2Credentials {

        private static final long serialVersionUID = 1L;

        private final transient @Nullable Endpoint endpoint;
        private volatile String refreshToken;

        Refreshing(Tokens first, @Nullable Endpoint endpoint) {
            super(token(first));
            this.endpoint = endpoint;
            this.refreshToken = first.refresh();
        }

        @Override
        public AccessToken refreshAccessToken() throws IOException {
            Tokens next = Tokens.required(endpoint).refresh(refreshToken);
            refreshToken = next.refresh();
            return token(next);
        }
    }

    @Override
    public Object token() throws IOException {
        return credentials.getRequestMetadata(null);
    }
}
