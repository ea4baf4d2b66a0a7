package io.github.evergrant.providers.agave;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The services of a tenant, with an access token. Safe for many threads.
 *
 * <p>When the gateway says that it is the token which it dislikes, the token is renewed, if it is still the newest one, and
 * the request is sent once more, whatever its method: a gateway that refuses has passed nothing on. Other refusals are left
 * as they are, also those with status 401.
 */
public final class AgaveApi {

    private final AgaveCalls calls;
    private final URI base;
    private final Authorizer authorizer;

    /** @param tenant as {@link AgaveProvider} describes it */
    public AgaveApi(ProviderData tenant, HttpSender http, Authorizer authorizer) {
        this.calls = new AgaveCalls(tenant.title() + " (" + tenant.environment() + ")", http);
        this.base = AgaveProvider.base(tenant);
        this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
    }

    /**
     * Sends a request with the token, and answers whatever comes back.
     *
     * @param call to an address below the tenant's
     * @throws InvalidInput {@code foreign_address} when it is none, and then nothing was sent
     * @throws io.github.evergrant.error.TemporarilyUnavailable {@code network} when no whole answer came, {@code maybe_done}
     *     when a change may have been made all the same
     * @throws io.github.evergrant.error.EvergrantException when there is no token to send
     */
    public HttpReply send(HttpCall call) {
        boolean ours = Addresses.sameOrigin(base, call.uri())
                && call.uri().normalize().getRawPath().startsWith(base.getRawPath() + "/");
        if (!ours) {
            throw new InvalidInput(Problem.of("foreign_address", call.place() + " is no address of the tenant's"));
        }
        String sent = authorizer.header();
        HttpReply reply = send(call, sent);
        if (sent != null && isOfToken(reply) && authorizer.renewAfterRefusal(sent)) {
            return send(call, authorizer.header());
        }
        return reply;
    }

    private static boolean isOfToken(HttpReply reply) {
        return AgaveFault.in(reply).filter(AgaveFault::isOfToken).isPresent();
    }

    /**
     * Whose token it is.
     *
     * @throws io.github.evergrant.error.ProviderRefused when the tenant says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public Profile me() {
        HttpReply reply = send(HttpCall.get(URI.create(base + "/profiles/v2/me")));
        if (reply.status() >= 300) {
            throw calls.refusal(reply);
        }
        try {
            Map<String, @Nullable Object> result =
                    HostileJson.asObject(HostileJson.read(reply.text()).object().get("result"));
            String username = text(result, "username");
            if (username.isEmpty()) {
                throw calls.unreadable("it names nobody");
            }
            return new Profile(username, text(result, "full_name"), text(result, "email"));
        } catch (HostileJson.Malformed e) {
            throw calls.unreadable("it is no JSON");
        }
    }

    private HttpReply send(HttpCall call, @Nullable String header) {
        return calls.send(header == null ? call : call.withHeader("Authorization", header));
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return Cleaned.text(Objects.requireNonNullElse(HostileJson.asText(fields.get(name)), ""));
    }
}
