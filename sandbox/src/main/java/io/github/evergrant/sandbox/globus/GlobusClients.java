package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Client;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The clients of Globus Auth: a confidential one proves itself with Basic, a native one says its id in the body. */
final class GlobusClients {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final List<Client> registered;
    private final List<Client> clients;
    private final String codePage;

    GlobusClients(List<Client> clients, String codePage) {
        this.registered = List.copyOf(clients);
        this.clients = new CopyOnWriteArrayList<>(clients);
        this.codePage = codePage;
    }

    /** The client to take when none is named. */
    Client usual() {
        return clients.get(0);
    }

    /** A client that registered itself. */
    Client add(Client client) {
        clients.add(client);
        return client;
    }

    /** Forgets those that registered themselves. */
    void clear() {
        clients.retainAll(registered);
    }

    Optional<Client> find(@Nullable String id) {
        return clients.stream().filter(client -> client.id().equals(id)).findFirst();
    }

    /** The client a request comes from; throws a {@link Refusal} with {@code invalid_client} if that is not proven. */
    Client authenticate(Request request) {
        String authorization = request.header("Authorization");
        String named = request.form().one("client_id");
        if (authorization == null) {
            return find(named)
                    .filter(Client::isPublic)
                    .orElseThrow(() -> invalid("the client is unknown or must authenticate with Basic"));
        }
        Client client = basic(authorization);
        if (named != null && !named.equals(client.id())) {
            throw Refusal.badRequest("client_id is not the client that authenticates");
        }
        return client;
    }

    /** The same, for a call no public client may make. */
    Client authenticateConfidential(Request request) {
        Client client = authenticate(request);
        if (client.isPublic()) {
            throw invalid("the client must authenticate with Basic");
        }
        return client;
    }

    /** Whether that client may be answered there: loopback for both, the code page and example.org besides. */
    boolean mayRedirect(Client client, String redirectUri) {
        if (client.isPublic() && redirectUri.equals(codePage)) {
            return true;
        }
        try {
            URI uri = new URI(redirectUri);
            String host = uri.getHost();
            if (host == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                return false;
            }
            boolean loopback = "http".equals(uri.getScheme()) && LOOPBACK.contains(host);
            boolean registered = "https".equals(uri.getScheme()) && "example.org".equals(uri.getRawAuthority());
            return loopback || (registered && !client.isPublic());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Client basic(String authorization) {
        String[] parts = authorization.strip().split(" +", 2);
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("Basic")) {
            throw invalid("only Basic is known here");
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("the Basic header is not base64");
        }
        int colon = pair.indexOf(':');
        String id = colon < 0 ? pair : pair.substring(0, colon);
        String secret = colon < 0 ? "" : pair.substring(colon + 1);
        return find(id).filter(client -> secret.equals(client.secret()))
                .orElseThrow(() -> invalid("the client or its secret is wrong"));
    }

    private static Refusal invalid(String description) {
        return new Refusal(Reply.error(401, "invalid_client", description)
                .with("WWW-Authenticate", "Basic realm=\"Globus Auth (sandbox)\""));
    }
}
