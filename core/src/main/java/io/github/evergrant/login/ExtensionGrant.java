package io.github.evergrant.login;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for tokens by a grant that only some servers have (RFC 6749 section 4.5). */
public final class ExtensionGrant {

    private ExtensionGrant() {}

    /**
     * One request, never repeated.
     *
     * @param grantType an absolute URI, or what a server has in its place
     * @param parameters the further parameters of the request, in their order; may hold secrets
     * @param sent the secrets among them: a refusal that quotes them loses them
     * @return nothing when the server answered with a list of no tokens
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static Optional<TokenResponse> ask(
            ProviderData provider,
            Client client,
            String grantType,
            Map<String, String> parameters,
            Wire wire,
            Secret... sent) {
        Answers answers = new Answers(provider, wire);
        HttpReply reply =
                answers.send(OAuthRequests.extension(provider.endpoints().token(), client, grantType, parameters));
        return reply.ok() && isEmptyList(reply)
                ? Optional.empty()
                : Optional.of(answers.tokens(reply, client.blotting(sent)));
    }

    private static boolean isEmptyList(HttpReply reply) {
        try {
            return HostileJson.read(reply.text()).value() instanceof List<?> list && list.isEmpty();
        } catch (HostileJson.Malformed e) {
            return false;
        }
    }
}
