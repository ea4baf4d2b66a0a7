package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.authorizer.AuthorizedSender;
import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The data API, with a session's token (docs/protocols/spatiafi.md sections 5.5 and 5.8). Safe for many threads.
 *
 * <p>Calls that change nothing are sent once more with a renewed token after a 401, and up to three times more, at once, while
 * the service says that it does not work (500, 502, 503, 504).
 */
public final class SpatiaFiApi {

    /** For everything, from connecting to the last byte. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");
    private static final int MORE_TRIES = 3;

    private final AuthorizedSender sender;
    private final URI base;

    /** @param data as {@link SpatiaFiProvider} describes it */
    public SpatiaFiApi(ProviderData data, HttpSender http, Authorizer authorizer) {
        this.sender = new AuthorizedSender(http, authorizer, DEADLINE, false);
        this.base = Objects.requireNonNull(data.apis().get(data.id()), "the address of the data API");
    }

    /**
     * Sends a request with the token, and answers whatever comes back in the end.
     *
     * @param path below the API's address, with its query: {@code api/info?item_id=x}
     * @throws InvalidInput {@code foreign_address} when it leads elsewhere, and then nothing was sent
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no whole answer came
     * @throws io.github.evergrant.error.EvergrantException when there is no token to send
     */
    public HttpReply get(String path) {
        return send(HttpCall.get(at(path)));
    }

    /**
     * The same, for any request.
     *
     * @param call to an address below the API's
     */
    public HttpReply send(HttpCall call) {
        boolean ours = Addresses.sameOrigin(base, call.uri())
                && call.uri().normalize().getRawPath().startsWith(base.getRawPath());
        if (!ours) {
            throw foreign(call.place());
        }
        HttpReply reply = sender.apply(call);
        for (int i = 0; i < MORE_TRIES && mayPass(call, reply); i++) {
            reply = sender.apply(call);
        }
        return reply;
    }

    private static boolean mayPass(HttpCall call, HttpReply reply) {
        return HARMLESS.contains(call.method()) && PASSING.contains(reply.status());
    }

    private URI at(String path) {
        try {
            return base.resolve(path);
        } catch (IllegalArgumentException e) {
            throw foreign("what was given");
        }
    }

    private static InvalidInput foreign(String place) {
        return new InvalidInput(Problem.of("foreign_address", place + " is no address of SpatiaFi's data API"));
    }
}
