package io.github.evergrant.bench.subject;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** Spring Security's manager of authorized clients, in memory, with its provider of refreshed tokens. */
final class Spring implements Subject {

    private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("bench")
            .clientId("bench")
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .tokenUri("https://as.example.org/token")
            .build();

    private static final Authentication SOMEBODY = new TestingAuthenticationToken("ada", "");

    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;

    private final OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId("bench")
            .principal(SOMEBODY)
            .build();

    Spring(Tokens first, @Nullable Endpoint endpoint) {
        InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(REGISTRATION);
        InMemoryOAuth2AuthorizedClientService clients = new InMemoryOAuth2AuthorizedClientService(registrations);
        OAuth2AccessToken access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, first.access(), first.issuedAt(), first.expiresAt());
        clients.saveAuthorizedClient(
                new OAuth2AuthorizedClient(
                        REGISTRATION, "ada", access, new OAuth2RefreshToken(first.refresh(), first.issuedAt())),
                SOMEBODY);
        RefreshTokenOAuth2AuthorizedClientProvider refreshing = new RefreshTokenOAuth2AuthorizedClientProvider();
        refreshing.setAccessTokenResponseClient(
                grant -> response(endpoint, grant.getRefreshToken().getTokenValue()));
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(refreshing);
    }

    private static OAuth2AccessTokenResponse response(@Nullable Endpoint endpoint, String refreshToken) {
        try {
            Tokens next = Tokens.required(endpoint).refresh(refreshToken);
            return OAuth2AccessTokenResponse.withToken(next.access())
                    .tokenType(OAuth2AccessToken.TokenType.BEARER)
                    .expiresIn(HOUR.toSeconds())
                    .refreshToken(next.refresh())
                    .build();
        } catch (IOException e) {
            throw new OAuth2AuthorizationException(
                    new org.springframework.security.oauth2.core.OAuth2Error("invalid_grant"), e);
        }
    }

    @Override
    public Object token() {
        return Objects.requireNonNull(manager.authorize(request)).getAccessToken();
    }
}
