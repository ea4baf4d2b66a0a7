package io.github.evergrant.bench.subject;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** MSAL4J with an account in its cache; its requests to Entra ID end at our endpoint. */
final class Msal implements Subject {

    private static final String HOST = "login.microsoftonline.com";
    private static final String ACCOUNT = "uid.utid";
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final PublicClientApplication application;
    private final IAccount account;

    Msal(Tokens first, @Nullable Endpoint endpoint) {
        // It remembers failures of a client for two minutes, in the whole JVM.
        String client = "bench" + CLIENTS.incrementAndGet();
        try {
            application = PublicClientApplication.builder(client)
                    .authority("https://" + HOST + "/utid/")
                    .instanceDiscovery(false)
                    .httpClient(request -> forward(Tokens.required(endpoint), request))
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        application.tokenCache().deserialize(cache(client, first));
        account = application.getAccounts().join().iterator().next();
    }

    private static IHttpResponse forward(Endpoint endpoint, HttpRequest request) throws Exception {
        java.net.http.HttpResponse<String> reply = endpoint.post(request.body());
        HttpResponse known = new HttpResponse().statusCode(reply.statusCode()).body(withAccount(reply.body()));
        known.addHeaders(Map.of("Content-Type", List.of("application/json")));
        return known;
    }

    /** Entra ID says in every reply whose tokens these are, and for what. */
    private static String withAccount(String json) {
        String claims = "{\"tid\":\"utid\",\"oid\":\"uid\",\"sub\":\"uid\",\"preferred_username\":\"ada\"}";
        String idToken = encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".";
        return json.replace("\"scope\":\"openid\"", "\"scope\":\"openid profile offline_access\"")
                .replaceFirst(
                        "\\{",
                        "{\"client_info\":\"" + encoded("{\"uid\":\"uid\",\"utid\":\"utid\"}") + "\",\"id_token\":\""
                                + idToken + "\",");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As MSAL4J itself writes it. */
    private static String cache(String client, Tokens first) {
        return """
                {"Account":{"%2$s-%1$s-utid":{"home_account_id":"%2$s","environment":"%1$s","realm":"utid",\
                "local_account_id":"uid","username":"ada","authority_type":"MSSTS"}},\
                "AccessToken":{"%2$s-%1$s-accesstoken-%7$s-utid-openid profile offline_access":{"home_account_id":"%2$s",\
                "environment":"%1$s","client_id":"%7$s","credential_type":"AccessToken","realm":"utid",\
                "target":"openid profile offline_access","secret":"%3$s","cached_at":"%5$d","expires_on":"%6$d",\
                "extended_expires_on":"%6$d"}},\
                "RefreshToken":{"%2$s-%1$s-refreshtoken-%7$s--":{"home_account_id":"%2$s","environment":"%1$s",\
                "client_id":"%7$s","credential_type":"RefreshToken","secret":"%4$s"}}}""".formatted(
                        HOST,
                        ACCOUNT,
                        first.access(),
                        first.refresh(),
                        first.issuedAt().getEpochSecond(),
                        first.expiresAt().getEpochSecond(),
                        client);
    }

    @Override
    public Object token() throws MalformedURLException {
        return application
                .acquireTokenSilently(
                        SilentParameters.builder(Set.of("openid"), account).build())
                .join()
                .accessToken();
    }
}
