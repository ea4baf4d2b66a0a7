package io.github.evergrant.bench.subject;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.auth.oauth2.TokenResponse;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** google-oauth-client: a credential that has a token, or puts it on a request. */
final class GoogleOAuthClient {

    private static final HttpRequestFactory REQUESTS = new NetHttpTransport().createRequestFactory();

    private GoogleOAuthClient() {}

    static Subject token(Tokens first, @Nullable Endpoint endpoint) {
        Credential credential = new Refreshing(first, endpoint);
        return credential::getAccessToken;
    }

    /** The request is made once for each thread. */
    static Subject onRequest(Tokens first, @Nullable Endpoint endpoint) {
        Credential credential = new Refreshing(first, endpoint);
        ThreadLocal<HttpRequest> requests = ThreadLocal.withInitial(GoogleOAuthClient::request);
        return () -> {
            HttpRequest mine = requests.get();
            credential.intercept(mine);
            return mine;
        };
    }

    private static HttpRequest request() {
        try {
            return REQUESTS.buildGetRequest(new GenericUrl("https://api.example.org/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Refreshing extends Credential {

        private final @Nullable Endpoint endpoint;
        private volatile String current;

        Refreshing(Tokens first, @Nullable Endpoint endpoint) {
            super(BearerToken.authorizationHeaderAccessMethod());
            this.endpoint = endpoint;
            this.current = first.refresh();
            setAccessToken(first.access());
            setExpirationTimeMilliseconds(first.expiresAt().toEpochMilli());
        }

        @Override
        protected TokenResponse executeRefreshToken() throws IOException {
            Tokens next = Tokens.required(endpoint).refresh(current);
            current = next.refresh();
            return new TokenResponse().setAccessToken(next.access()).setExpiresInSeconds(Subject.HOUR.toSeconds());
        }
    }
}
