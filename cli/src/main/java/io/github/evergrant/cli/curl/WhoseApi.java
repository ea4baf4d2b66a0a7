package io.github.evergrant.cli.curl;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of a session's tokens may go to an address: the one whose resource server is that host, else that of the
 * provider's API at that address. Anything else has to be named by whoever calls.
 */
final class WhoseApi {

    private final Session session;
    private final List<String> servers;
    private final Optional<SessionFacts> facts;
    private final @Nullable Provider provider;

    WhoseApi(Session session, Invocation it) {
        this.session = session;
        this.servers = List.copyOf(session.standing().records().keySet());
        this.facts = session.facts();
        String id = facts.map(SessionFacts::provider).orElse("");
        this.provider = it.providers().all().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** @throws InvalidInput {@code unknown_api} when it is nobody's */
    String resourceServer(URI address) {
        String host = String.valueOf(address.getHost());
        boolean sandboxed = facts.map(SessionFacts::base).isPresent();
        if (!sandboxed && servers.contains(host)) {
            return host;
        }
        Provider known = provider;
        SessionFacts remembered = facts.orElse(null);
        if (known == null || remembered == null) {
            throw nobodys(host);
        }
        ProviderData data = known.recall(remembered.environment(), remembered.tokenEndpoint(), remembered.base());
        if (data.apis().isEmpty()) {
            return session.resourceServer();
        }
        String api = data.apis().entrySet().stream()
                .filter(each -> isBelow(each.getValue(), address))
                .max(Comparator.comparingInt(each -> each.getValue().getPath().length()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> nobodys(data.title()));
        if (servers.contains(data.id())) {
            // A provider without resource servers has one, called as it is, for all its APIs.
            return data.id();
        }
        return of(
                api,
                known.recall(remembered.environment(), remembered.tokenEndpoint(), null)
                        .apis()
                        .get(api));
    }

    /** Called like the API, after its real host, or beginning with its name: {@code groups.api.globus.org}. */
    private String of(String api, @Nullable URI real) {
        String host = real == null ? "" : real.getHost();
        List<String> its = servers.stream()
                .filter(server -> server.equals(api) || server.equals(host) || server.startsWith(api + "."))
                .toList();
        if (its.size() == 1) {
            return its.get(0);
        }
        throw new InvalidInput(Problem.of(
                        "unknown_api",
                        "session '" + session.name() + "' has no token that is known to be for the API '" + api
                                + "'; it has tokens for: " + String.join(", ", servers))
                .withAdvice("name the token's resource server with --resource-server")
                .withSession(session.name()));
    }

    private static boolean isBelow(URI base, URI address) {
        String path = address.normalize().getPath();
        return Addresses.sameOrigin(base, address) && path != null && path.startsWith(base.getPath());
    }

    private InvalidInput nobodys(String of) {
        String what = provider == null
                ? of + " is no API that session '" + session.name() + "' has a token for"
                : "the address is none of the APIs of " + of;
        return new InvalidInput(Problem.of("unknown_api", what + "; nothing was sent")
                .withAdvice("if a token may go there, name its resource server with --resource-server")
                .withSession(session.name()));
    }
}
