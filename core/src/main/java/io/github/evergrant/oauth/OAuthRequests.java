package io.github.evergrant.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of OAuth and OpenID Connect. Nothing is sent here. */
public final class OAuthRequests {

    private OAuthRequests() {}

    /** RFC 6749 section 6, for what was granted at first. */
    public static HttpCall refresh(URI tokenEndpoint, Client client, Secret refreshToken) {
        return refresh(tokenEndpoint, client, refreshToken, Scopes.NONE);
    }

    /**
     * RFC 6749 section 6.
     *
     * @param scopes named again, for servers that want that; none for most
     */
    public static HttpCall refresh(URI tokenEndpoint, Client client, Secret refreshToken, Scopes scopes) {
        return token(
                tokenEndpoint, client, new RefreshTokenGrant(new RefreshToken(refreshToken.reveal())), scope(scopes));
    }

    /** RFC 6749 section 4.3.2. */
    public static HttpCall password(URI tokenEndpoint, Client client, String username, Secret password, Scopes scopes) {
        return token(
                tokenEndpoint,
                client,
                new ResourceOwnerPasswordCredentialsGrant(
                        username, new com.nimbusds.oauth2.sdk.auth.Secret(password.reveal())),
                scope(scopes));
    }

    /** RFC 6749 section 4.4. */
    public static HttpCall clientCredentials(URI tokenEndpoint, Client client, Scopes scopes) {
        return token(tokenEndpoint, client, new ClientCredentialsGrant(), scope(scopes));
    }

    /**
     * RFC 6749 section 4.1.3.
     *
     * @param redirect exactly as in the authorization request
     * @param verifier of PKCE (RFC 7636), or null when none was used
     */
    public static HttpCall authorizationCode(
            URI tokenEndpoint, Client client, Secret code, URI redirect, @Nullable Secret verifier) {
        AuthorizationCode given = new AuthorizationCode(code.reveal());
        AuthorizationCodeGrant grant = verifier == null
                ? new AuthorizationCodeGrant(given, redirect)
                : new AuthorizationCodeGrant(given, redirect, new CodeVerifier(verifier.reveal()));
        return token(tokenEndpoint, client, grant, null);
    }

    /**
     * RFC 6749 section 4.5: a grant that only some servers have.
     *
     * @param grantType an absolute URI, or what a server has in its place
     * @param parameters sent in their order
     */
    public static HttpCall extension(
            URI tokenEndpoint, Client client, String grantType, Map<String, String> parameters) {
        return token(tokenEndpoint, client, new Extension(grantType, lists(parameters)), null);
    }

    /** RFC 7009 section 2.1, without a hint: the server finds out by itself which kind of token it is. */
    public static HttpCall revoke(URI revocationEndpoint, Client client, Secret token) {
        TypelessToken which = new TypelessToken(token.reveal());
        if (client.authentication() == ClientAuthentication.CLIENT_SECRET_JWT) {
            return asserted(revocationEndpoint, client, lists(Map.of("token", token.reveal())));
        }
        return call(
                client,
                client.authentication() == ClientAuthentication.NONE
                        ? new TokenRevocationRequest(revocationEndpoint, new ClientID(client.id()), which)
                                .toHTTPRequest()
                        : new TokenRevocationRequest(revocationEndpoint, proof(client), which).toHTTPRequest());
    }

    /**
     * RFC 7662 section 2.1. A public client names itself in the body; few servers answer it.
     *
     * @param parameters further ones, as some servers know
     */
    public static HttpCall introspect(
            URI introspectionEndpoint, Client client, Secret token, Map<String, String> parameters) {
        TypelessToken which = new TypelessToken(token.reveal());
        Map<String, List<String>> further = lists(parameters);
        if (client.authentication() == ClientAuthentication.CLIENT_SECRET_JWT) {
            Map<String, List<String>> form = lists(Map.of("token", token.reveal()));
            form.putAll(further);
            return asserted(introspectionEndpoint, client, form);
        }
        if (client.authentication() != ClientAuthentication.NONE) {
            return call(
                    client,
                    new TokenIntrospectionRequest(introspectionEndpoint, proof(client), which, further)
                            .toHTTPRequest());
        }
        further.put("client_id", List.of(client.id()));
        return call(client, new TokenIntrospectionRequest(introspectionEndpoint, which, further).toHTTPRequest());
    }

    /** OpenID Connect Core section 5.3.1. */
    public static HttpCall userinfo(URI userinfoEndpoint, Secret accessToken) {
        return call(new UserInfoRequest(userinfoEndpoint, new BearerAccessToken(accessToken.reveal())).toHTTPRequest());
    }

    private static @Nullable Scope scope(Scopes scopes) {
        return scopes.isEmpty() ? null : new Scope(scopes.values().toArray(new String[0]));
    }

    /** Of Nimbus' parts, but not by its request: that one reads the platform's certificates when it is loaded. */
    private static HttpCall token(URI endpoint, Client client, AuthorizationGrant grant, @Nullable Scope scope) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        if (client.authentication() == ClientAuthentication.POST) {
            form.putAll(post(client).toParameters());
        }
        form.putAll(grant.toParameters());
        if (scope != null) {
            form.put("scope", List.of(scope.toString()));
        }
        return switch (client.authentication()) {
            case CLIENT_SECRET_JWT -> asserted(endpoint, client, form);
            case NONE -> {
                form.put("client_id", List.of(client.id()));
                yield form(endpoint, form);
            }
            case POST -> form(endpoint, form);
            case BASIC ->
                form(endpoint, form).withHeader("Authorization", basic(client).toHTTPAuthorizationHeader());
            case BASIC_UNENCODED -> unencoded(client, form(endpoint, form));
        };
    }

    private static HttpCall form(URI endpoint, Map<String, List<String>> form) {
        return HttpCall.postForm(endpoint, URLUtils.serializeParameters(form));
    }

    private static Map<String, List<String>> lists(Map<String, String> parameters) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }

    private static final class Extension extends AuthorizationGrant {

        private final Map<String, List<String>> parameters;

        Extension(String grantType, Map<String, List<String>> parameters) {
            super(new GrantType(grantType));
            this.parameters = parameters;
        }

        @Override
        public Map<String, List<String>> toParameters() {
            Map<String, List<String>> all = new LinkedHashMap<>();
            all.put("grant_type", List.of(getType().getValue()));
            all.putAll(parameters);
            return all;
        }
    }

    private static com.nimbusds.oauth2.sdk.auth.ClientAuthentication proof(Client client) {
        return client.authentication() == ClientAuthentication.POST ? post(client) : basic(client);
    }

    private static ClientSecretPost post(Client client) {
        return new ClientSecretPost(new ClientID(client.id()), secret(client));
    }

    private static ClientSecretBasic basic(Client client) {
        return new ClientSecretBasic(new ClientID(client.id()), secret(client));
    }

    private static com.nimbusds.oauth2.sdk.auth.Secret secret(Client client) {
        Secret secret = client.secret();
        if (secret == null) {
            throw new IllegalArgumentException("a public client proves nothing");
        }
        return new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
    }

    /** The grant first, then the proof, and a charset: as servers have been asked so far (docs/protocols/spatiafi.md section 5.1). */
    private static HttpCall asserted(URI endpoint, Client client, Map<String, List<String>> parameters) {
        Map<String, List<String>> form = new LinkedHashMap<>(parameters);
        form.put("client_assertion_type", List.of(JWTAuthentication.CLIENT_ASSERTION_TYPE));
        form.put("client_assertion", List.of(ClientAssertion.of(client, endpoint)));
        return form(endpoint, form).withHeader("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    }

    private static HttpCall call(Client client, HTTPRequest request) {
        HttpCall call = call(request);
        return client.authentication() == ClientAuthentication.BASIC_UNENCODED ? unencoded(client, call) : call;
    }

    /** Nimbus form-encodes what goes into Basic (RFC 6749 section 2.3.1), which some do not decode. */
    private static HttpCall unencoded(Client client, HttpCall call) {
        byte[] pair = (client.id() + ":" + secret(client).getValue()).getBytes(StandardCharsets.UTF_8);
        return call.withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private static HttpCall call(HTTPRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.put("Accept", "application/json");
        String body = request.getBody();
        if (body != null) {
            // As RFC 6749 has it: the type knows no charset, and its characters are ASCII anyway.
            headers.keySet().removeIf("Content-Type"::equalsIgnoreCase);
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return new HttpCall(
                request.getMethod().name(),
                request.getURI(),
                headers,
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }
}
