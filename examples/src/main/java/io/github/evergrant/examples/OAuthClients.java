package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.providers.agave.AgaveClients;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveTables;
import io.github.evergrant.providers.agave.AgaveTenants;
import io.github.evergrant.providers.agave.AgaveUser;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.Subscription;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.providers.agave.saved.AgaveFolder;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Somebody's OAuth clients at a tenant of Agave. A word says what to do: {@code create}, {@code list}, {@code delete}, {@code
 * delete-mine}, {@code subscribe} or {@code subscriptions}.
 *
 * <p>The client that it creates is saved where Agave's Python library saves sessions; {@link SavedSessions} logs in with it.
 */
public final class OAuthClients {

    private final AgaveProvider agave = new AgaveProvider();
    private final HttpSender http;
    private final AgaveTokenStorage sessions;
    private final Tenant tenant;

    private OAuthClients(HttpSender http, AgaveTokenStorage sessions) {
        this.http = http;
        this.sessions = sessions;
        this.tenant = new AgaveTenants(http, agave.tenants(null)).named("sd2e");
    }

    public static void main(String... arguments) {
        HttpSettings settings = HttpSettings.fromEnvironment(System.getenv());
        try (JdkHttpSender http = new JdkHttpSender(settings, InstantSource.system());
                AgaveTokenStorage sessions =
                        AgaveTokenStorage.open(AgaveFolder.ofThisMachine().path())) {
            switch (arguments.length == 1 ? arguments[0] : "") {
                case "create" -> new OAuthClients(http, sessions).create();
                case "list" -> new OAuthClients(http, sessions).list();
                case "delete" -> new OAuthClients(http, sessions).delete();
                case "delete-mine" -> new OAuthClients(http, sessions).deleteMine();
                case "subscribe" -> new OAuthClients(http, sessions).subscribe();
                case "subscriptions" -> new OAuthClients(http, sessions).subscriptions();
                default -> {
                    System.err.println(
                            "Say what to do: create, list, delete, delete-mine, subscribe or subscriptions.");
                    System.exit(2);
                }
            }
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }

    private void create() {
        AgaveUser user = user();
        CreatedClient made = clients(user).create("my_super_cool_client", "my client's desciption");
        try {
            // The secret is told this one time.
            sessions.save(SavedSession.ofClient(tenant, user.username(), made));
        } finally {
            System.out.println("('" + made.key() + "', '" + made.secret().reveal() + "')");
        }
    }

    private void list() {
        AgaveClients clients = clients(user());
        Talk.show(AgaveTables.clients(clients.list()));
    }

    private void delete() {
        AgaveClients clients = clients(user());
        clients.delete("some-client-name");
    }

    private void deleteMine() {
        SavedSession mine = mine();
        AgaveClients clients = clients(user());
        clients.delete(mine.client());
        sessions.forget(mine.name());
    }

    private void subscribe() {
        AgaveClients clients = clients(user());
        clients.subscribe("client", new Subscription("PublicKeys", "v2", "admin"));
    }

    private void subscriptions() {
        SavedSession mine = mine();
        AgaveClients clients = clients(user());
        Talk.show(AgaveTables.subscriptions(clients.subscriptions(mine.client())));
    }

    /** Whoever has a session here is known; the password is asked each time, and kept nowhere. */
    private AgaveUser user() {
        String username = session()
                .map(SavedSession::username)
                .filter(known -> !known.isEmpty())
                .orElseGet(() -> Talk.ask("API username: "));
        return new AgaveUser(username, Talk.askSecret("API password: "));
    }

    private AgaveClients clients(AgaveUser user) {
        return new AgaveClients(agave.dataOf(tenant, null), user, http);
    }

    private Optional<SavedSession> session() {
        return sessions.current().filter(each -> each.tenant().equals(tenant.id()));
    }

    private SavedSession mine() {
        return session()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("client_name_needed", "there is no session whose client could be meant")
                                .withAdvice("create one first")));
    }
}
