package io.github.evergrant.providers.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's OAuth clients at a tenant (docs/protocols/agave.md sections 3.2 to 3.6). Safe for many threads.
 *
 * <p>Each call is one request, never repeated. Besides what is said there, calls throw {@link InvalidInput}
 * {@code client_name_needed} for an empty name, and then nothing was sent; {@link ProviderRefused} ({@code wrong_password},
 * {@code client_not_created}, {@code unknown_client}, {@code api_refused}) when the service says no, with its words in
 * {@link AgaveError}; {@link io.github.evergrant.error.TemporarilyUnavailable} when no usable answer came: {@code maybe_done} when what
 * was asked for may have been done all the same.
 */
public final class AgaveClients {

    private final AgaveCalls calls;
    private final URI all;
    private final AgaveUser owner;

    /** @param tenant as {@link AgaveProvider} describes it */
    public AgaveClients(ProviderData tenant, AgaveUser owner, HttpSender http) {
        this.calls = new AgaveCalls(tenant.title() + " (" + tenant.environment() + ")", http);
        this.all = URI.create(AgaveProvider.base(tenant) + "/clients/v2");
        this.owner = Objects.requireNonNull(owner, "owner");
    }

    /**
     * Registers a client. It may use the core APIs at once.
     *
     * @param description for people, or null for none
     * @throws ProviderRefused {@code client_without_secret} when the service does not tell key and secret
     */
    public CreatedClient create(String name, @Nullable String description) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("clientName", named(name));
        if (description != null) {
            form.put("description", description);
        }
        form.put("tier", "Unlimited");
        form.put("callbackUrl", "");
        Map<String, @Nullable Object> made = HostileJson.asObject(result(HttpCall.postForm(all, text(form))));
        String key = HostileJson.asText(made.get("consumerKey"));
        String secret = HostileJson.asText(made.get("consumerSecret"));
        if (key == null || secret == null) {
            throw new ProviderRefused(Problem.of(
                            "client_without_secret", "the tenant did not tell key and secret of the client it created")
                    .withAdvice("delete the client '" + name + "', and create it again"));
        }
        String called = HostileJson.asText(made.get("name"));
        return new CreatedClient(called == null ? name : called, key, Secret.of(secret));
    }

    /** All of them, in the order of the service, the one that the gateway made by itself among them. */
    public List<AgaveClient> list() {
        if (result(HttpCall.get(all)) instanceof List<?> items) {
            return items.stream()
                    .map(HostileJson::asObject)
                    .map(item -> new AgaveClient(
                            field(item, "name"), field(item, "description"), field(item, "consumerKey")))
                    .toList();
        }
        throw calls.unreadable("it is no list");
    }

    /**
     * The one with that key: a session knows its client by it.
     *
     * @throws InvalidInput {@code unknown_client} when there is none
     */
    public AgaveClient withKey(String key) {
        return list().stream()
                .filter(client -> client.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("unknown_client", owner.username() + " has no client with the session's key")
                                .withAdvice("name the client")));
    }

    /** Deletes one: all tokens obtained by it end. A name that nobody knows is no failure for the service. */
    public void delete(String name) {
        result(new HttpCall("DELETE", at(name), Map.of("Accept", "application/json"), new byte[0]));
    }

    /** Lets one use another API. Doing it again changes nothing. */
    public void subscribe(String name, Subscription to) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("apiName", to.api());
        form.put("apiVersion", to.version());
        form.put("apiProvider", to.provider());
        result(HttpCall.postForm(subscriptionsOf(name), text(form)));
    }

    /** Which APIs one may use, in the order of the service; empty for a name that the service says nothing of. */
    public List<Subscription> subscriptions(String name) {
        Object result = result(HttpCall.get(subscriptionsOf(name)));
        if (result == null) {
            return List.of();
        }
        if (result instanceof List<?> items) {
            return items.stream()
                    .map(HostileJson::asObject)
                    .map(item -> new Subscription(
                            field(item, "apiName"), field(item, "apiVersion"), field(item, "apiProvider")))
                    .toList();
        }
        throw calls.unreadable("it is no list");
    }

    private @Nullable Object result(HttpCall call) {
        return calls.result(owner.signing(call), owner.password());
    }

    private URI subscriptionsOf(String name) {
        return URI.create(at(name) + "/subscriptions");
    }

    private URI at(String name) {
        return URI.create(all + "/" + encoded(named(name)).replace("+", "%20"));
    }

    private static String named(String name) {
        if (name.isBlank()) {
            throw new InvalidInput(Problem.of("client_name_needed", "the client's name is empty"));
        }
        return name;
    }

    private static String text(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String field(Map<String, @Nullable Object> item, String name) {
        return Objects.requireNonNullElse(HostileJson.asText(item.get(name)), "");
    }
}
