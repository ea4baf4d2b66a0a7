package io.github.evergrant.providers.globus.service;

import io.github.evergrant.authorizer.AuthorizedSender;
import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.storage.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client of any one service of Globus: JSON out, JSON in, tried again where that makes sense, on any authorizer.
 *
 * <p>Immutable, and safe for many threads; what changes a setting gives another client. Redirects are not followed: the
 * token goes to the service's own address and nowhere else. A call can be interrupted, also while it waits to try again.
 *
 * <p>Failures, besides those of the authorizer: {@link ProviderRefused} ({@code api_refused}, {@code reply_too_large})
 * when sending the same again will not help; {@link TemporarilyUnavailable} ({@code api_unavailable},
 * {@code api_unreachable}, {@code api_timeout}, {@code reply_unreadable}, {@code interrupted}) when it may;
 * {@link InvalidInput} ({@code bad_path}, {@code foreign_address}), and then nothing was sent. What the service itself
 * said is found by {@link ApiError#of}.
 *
 * @see <a href="https://docs.globus.org/api/">the services' references</a>
 */
public final class ServiceClient {

    /** For one attempt, unless somebody says otherwise. */
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(60);

    /** What stands for no limit at all. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final Setup setup;
    private final Troubles troubles;

    private ServiceClient(Setup setup) {
        this.setup = setup;
        this.troubles = new Troubles(setup.title());
    }

    /**
     * A service where a provider's data says it is: its environment's, a {@code GLOBUS_SDK_SERVICE_URL_…} variable's, or
     * a sandbox's.
     *
     * @throws InvalidInput {@code unknown_service} when the data knows no such service
     */
    public static ServiceClient of(
            ProviderData provider, GlobusService service, HttpSender http, Authorizer authorizer) {
        URI base = provider.apis().get(service.id());
        if (base == null) {
            throw new InvalidInput(
                    Problem.of("unknown_service", provider.title() + " has no service '" + service.id() + "'"));
        }
        return at(service.title(), base, http, authorizer);
    }

    /**
     * A service at an address of its own, such as a Globus Connect Server's manager.
     *
     * @param title its name for people
     */
    public static ServiceClient at(String title, URI base, HttpSender http, Authorizer authorizer) {
        return new ServiceClient(new Setup(
                title,
                base,
                http,
                authorizer,
                USUAL_DEADLINE,
                AuthorizedSender.MOST_BYTES,
                RetryPolicy.usual(),
                Pace.real()));
    }

    public ServiceClient with(RetryPolicy policy) {
        return new ServiceClient(setup.with(policy));
    }

    public ServiceClient with(Pace pace) {
        return new ServiceClient(setup.with(pace));
    }

    /** @param each for one attempt, from connecting to the last byte; more than a year counts as a year */
    public ServiceClient withDeadline(Duration each) {
        Duration deadline = each.compareTo(LONGEST) > 0 ? LONGEST : each;
        return new ServiceClient(setup.withLimits(deadline, setup.mostBytes()));
    }

    /** As long as each attempt takes. */
    public ServiceClient withoutDeadline() {
        return withDeadline(LONGEST);
    }

    /** @param most how many bytes a reply may have */
    public ServiceClient withMostBytes(long most) {
        return new ServiceClient(setup.withLimits(setup.deadline(), most));
    }

    /** How it tries again. */
    public RetryPolicy policy() {
        return setup.policy();
    }

    /** How time passes for it. */
    public Pace pace() {
        return setup.pace();
    }

    /** Where the service is, with a slash at the end. */
    public URI base() {
        return setup.base();
    }

    public Document get(String path, Query query) {
        return send(ServiceRequest.get(path).with(query));
    }

    public Document post(String path, Map<String, ? extends @Nullable Object> body) {
        return send(ServiceRequest.post(path, body));
    }

    public Document put(String path, Map<String, ? extends @Nullable Object> body) {
        return send(ServiceRequest.put(path, body));
    }

    public Document delete(String path) {
        return send(ServiceRequest.delete(path));
    }

    /** Sends a request, again if need be, and reads the answer. */
    public Document send(ServiceRequest request) {
        HttpReply reply = new Sending(setup, call(request), request.isRepeatable()).run();
        return reply.body().length == 0 ? Document.NOTHING : read(reply);
    }

    /**
     * The pages that an answer is given in, fetched one by one as they are looked at. Which page is wanted stands in the
     * query, or in the body of a POST.
     */
    public Paged<Document> pages(ServiceRequest request, Paging paging) {
        Objects.requireNonNull(paging, "paging");
        return request.method().equals("POST")
                ? Paged.of(page -> send(request.withInBody(page)), Query.NONE, paging, troubles)
                : Paged.of(page -> send(request.with(page)), request.query(), paging, troubles);
    }

    private Document read(HttpReply reply) {
        try {
            return new Document(HostileJson.read(reply.text()).value());
        } catch (HostileJson.Malformed e) {
            throw troubles.unreadable("it is no JSON");
        }
    }

    private HttpCall call(ServiceRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("X-Globus-Client-Info", "product=evergrant,version=" + version());
        byte[] body = new byte[0];
        if (request.body() != null) {
            headers.put("Content-Type", "application/json");
            body = Json.write(request.body());
        }
        return new HttpCall(request.method(), Addressing.of(setup.base(), request), headers, body);
    }

    /** The header's own separators must not be part of a value. */
    private static String version() {
        return HttpSettings.version().replaceAll("[^A-Za-z0-9.+-]", "-");
    }
}
