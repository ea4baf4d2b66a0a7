package io.github.evergrant.authorizer;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;

/**
 * A {@link HttpClient} that authorizes what it sends and cures a 401 once.
 *
 * <p>Safe for many threads. After a 401 the token that was refused is renewed, if it is still the stored one, and the
 * request is sent once more. Requests that change something (anything but GET, HEAD and OPTIONS) are sent again only
 * when that was asked for: a server that refuses too late must not place an order twice. The body publisher of a
 * repeated request is subscribed to twice.
 */
public final class AuthorizedClient {

    private static final int UNAUTHORIZED = 401;
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

    private final HttpClient client;
    private final Authorizer authorizer;
    private final boolean repeatsAll;

    private AuthorizedClient(HttpClient client, Authorizer authorizer, boolean repeatsAll) {
        this.client = Objects.requireNonNull(client, "client");
        this.authorizer = Objects.requireNonNull(authorizer, "authorizer");
        this.repeatsAll = repeatsAll;
    }

    public static AuthorizedClient of(HttpClient client, Authorizer authorizer) {
        return new AuthorizedClient(client, authorizer, false);
    }

    /** The same, but requests that change something are sent again after a 401 as well. */
    public AuthorizedClient repeatingUnsafeRequests() {
        return new AuthorizedClient(client, authorizer, true);
    }

    /**
     * Sends a request as {@link HttpClient#send} does, with the authorizer's header in the place of the request's own.
     *
     * <p>The authorizer's header follows no redirect to another host only if the client follows none: build it with
     * {@link HttpClient.Redirect#NEVER}, which is the default.
     *
     * @throws io.github.evergrant.error.EvergrantException when there is no token to send
     */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest.Builder first = copy(request);
        String sent = authorizer.authorize(first);
        HttpResponse<T> response = client.send(first.build(), handler);
        boolean repeatable = repeatsAll || HARMLESS.contains(request.method());
        if (response.statusCode() != UNAUTHORIZED || sent == null || !repeatable) {
            return response;
        }
        boolean cured;
        try {
            cured = authorizer.renewAfterRefusal(sent);
        } catch (RuntimeException e) {
            // Nobody gets this response, so nobody else can close it.
            discard(response);
            throw e;
        }
        if (!cured) {
            return response;
        }
        discard(response);
        HttpRequest.Builder second = copy(request);
        authorizer.authorize(second);
        return client.send(second.build(), handler);
    }

    private static HttpRequest.Builder copy(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase("Authorization"));
    }

    private static void discard(HttpResponse<?> response) throws IOException, InterruptedException {
        if (response.body() instanceof AutoCloseable body) {
            try {
                body.close();
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
