package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider knows of a token (RFC 7662).
 *
 * @param active whether it is good now
 * @param account whom it speaks for
 * @param scopes what it allows
 * @param claims everything the provider said, as JSON values, not cleaned
 */
public record Introspection(boolean active, Account account, Scopes scopes, Map<String, @Nullable Object> claims) {

    public Introspection {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(claims, "claims");
    }

    /**
     * Asks the provider.
     *
     * @throws InvalidInput {@code no_introspection} when the provider has no such endpoint
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static Introspection of(ProviderData provider, Client client, Secret token, Wire wire) {
        return of(provider, client, token, Map.of(), wire);
    }

    /**
     * The same with further parameters, for servers that say more when they are asked for it.
     *
     * @param parameters never {@code token} nor what proves the client
     */
    public static Introspection of(
            ProviderData provider, Client client, Secret token, Map<String, String> parameters, Wire wire) {
        URI endpoint = provider.endpoints().introspection();
        if (endpoint == null) {
            throw new InvalidInput(
                    Problem.of("no_introspection", provider.title() + " does not say what it knows of a token"));
        }
        Answers answers = new Answers(provider, wire);
        HttpReply reply =
                answers.success(OAuthRequests.introspect(endpoint, client, token, parameters), client.blotting(token));
        Map<String, @Nullable Object> claims = Json.object(answers, reply);
        String scope = HostileJson.asText(claims.get("scope"));
        return new Introspection(
                Boolean.TRUE.equals(claims.get("active")),
                new Account(clean(claims.get("username")), clean(claims.get("sub"))),
                scope == null ? Scopes.NONE : Cleaned.scopes(Scopes.parse(scope)),
                claims);
    }

    private static @Nullable String clean(@Nullable Object value) {
        String text = HostileJson.asText(value);
        return text == null ? null : Cleaned.text(text);
    }

    /** Without the values of the claims. */
    @Override
    public String toString() {
        return "Introspection[" + (active ? "active" : "inactive") + ", " + account + ", scopes " + scopes + "]";
    }
}
