package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates app credentials (docs/protocols/spatiafi.md section 4). Nothing lists, renews or deletes them. Safe for many threads. */
public final class SpatiaFiClients {

    private static final SpatiaFiCalls.Proof TOKEN = new SpatiaFiCalls.Proof(
            "token_refused", "log in by password again: such a login lasts a quarter of an hour");

    private final SpatiaFiCalls calls;
    private final URI all;

    /** @param data as {@link SpatiaFiProvider} describes it */
    public SpatiaFiClients(ProviderData data, HttpSender http) {
        this.calls = new SpatiaFiCalls(data.title(), http);
        // The service redirects an address without the slash at its end, and then the token would have to be sent
        // twice.
        this.all = URI.create(SpatiaFiProvider.base(data) + "/api/v1/clients/");
    }

    /**
     * Creates another pair, by one request, which is never repeated: each makes a pair that is good for ever.
     *
     * @throws ProviderRefused {@code token_refused} when the service does not take the token, {@code client_without_secret}
     *     when it does not tell id and secret, or when it says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public AppCredentials create(BasicToken token) {
        HttpCall call = new HttpCall(
                "POST",
                all,
                Map.of(
                        "Accept",
                        "application/json",
                        "Authorization",
                        "Bearer " + token.value().reveal()),
                new byte[0]);
        HttpReply reply = calls.send(call, "try again: credentials that were created all the same are known to nobody");
        Map<String, @Nullable Object> made = calls.fields(reply, TOKEN, token.value());
        String id = HostileJson.asText(made.get("client_id"));
        String secret = HostileJson.asText(made.get("client_secret"));
        if (id == null || secret == null || id.isBlank() || secret.isBlank()) {
            throw new ProviderRefused(Problem.of(
                            "client_without_secret",
                            "SpatiaFi did not tell id and secret of the credentials it created")
                    .withAdvice("try again"));
        }
        return new AppCredentials(HostileJson.asText(made.get("user_id")), id, Secret.of(secret));
    }
}
