package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whom an access token speaks for (docs/protocols/spatiafi.md section 2). */
public final class SpatiaFiAccounts {

    private static final SpatiaFiCalls.Proof TOKEN =
            new SpatiaFiCalls.Proof("token_refused", "renew the token, or log in again");

    private SpatiaFiAccounts() {}

    /**
     * Asks the auth service, once.
     *
     * @param data as {@link SpatiaFiProvider} describes it
     * @return with the address that the account has as its name, if there is one
     * @throws ProviderRefused {@code token_refused}, or when the service says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static Account whose(ProviderData data, Secret accessToken, HttpSender http) {
        SpatiaFiCalls calls = new SpatiaFiCalls(data.title(), http);
        HttpCall call = HttpCall.get(URI.create(SpatiaFiProvider.base(data) + "/api/v1/users/me"))
                .withHeader("Accept", "application/json")
                .withHeader("Authorization", "Bearer " + accessToken.reveal());
        HttpReply reply = calls.send(call, "try again when the network works");
        Map<String, @Nullable Object> fields = calls.fields(reply, TOKEN, accessToken);
        String id = HostileJson.asText(fields.get("id"));
        String email = HostileJson.asText(fields.get("email"));
        if (id == null || id.isEmpty() || !id.equals(Cleaned.text(id))) {
            throw calls.unreadable("it names nobody");
        }
        return new Account(email == null || email.isBlank() ? null : Cleaned.text(email), id);
    }
}
