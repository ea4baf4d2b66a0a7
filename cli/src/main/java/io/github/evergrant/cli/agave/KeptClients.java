package io.github.evergrant.cli.agave;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.providers.agave.saved.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clients whose secrets are known here: each lies with its session, which has no tokens before the first login. */
public final class KeptClients {

    private final AgaveFiles files;

    public KeptClients(AgaveFiles files) {
        this.files = files;
    }

    /** By which a login can be made. */
    public static Client client(SavedSession kept) {
        return Client.confidentialUnencoded(
                kept.clientKey(), Optional.ofNullable(kept.clientSecret()).orElseThrow());
    }

    /**
     * Sees to it that a client can be kept, before one is created whose secret would be lost otherwise.
     *
     * @throws StorageFailure when the files cannot be read or written
     * @throws InvalidInput {@code other_tenant} when a session of that name is with another server: a sandbox, perhaps
     */
    public void prepare(ProviderData tenant, String username, String name) {
        AgaveTokenStorage storage = files.storage();
        String session = nameOf(tenant, username, name);
        storage.inOneStep(session, storage::saved);
        String base = AgaveProvider.base(tenant).toString();
        if (storage.saved(session)
                .filter(kept -> !kept.baseUrl().isEmpty() && !kept.baseUrl().equals(base))
                .isPresent()) {
            throw new InvalidInput(Problem.of(
                            "other_tenant",
                            "session '" + session + "' in " + storage.path() + " is with another server than " + base
                                    + "; nothing was sent")
                    .withAdvice("choose another name, or another store")
                    .withSession(session));
        }
    }

    /** Somebody's client of a name at a tenant. */
    public Optional<SavedSession> named(ProviderData tenant, String username, String name) {
        return of(tenant, username).stream()
                .filter(kept -> kept.client().equals(name))
                .findFirst();
    }

    /** Those of somebody at a tenant, that of the session in use first. */
    public List<SavedSession> of(ProviderData tenant, String username) {
        List<SavedSession> all = new ArrayList<>();
        Stream.concat(files.storage().current().stream(), files.storage().saved().stream())
                .filter(kept -> isAt(tenant, kept) && kept.username().equals(username))
                .filter(kept -> all.stream().noneMatch(other -> other.name().equals(kept.name())))
                .forEach(all::add);
        return all;
    }

    /** The one with a key at a tenant. */
    public Optional<SavedSession> withKey(ProviderData tenant, String key) {
        return files.storage().saved().stream()
                .filter(kept -> isAt(tenant, kept) && kept.clientKey().equals(key))
                .findFirst();
    }

    private static boolean isAt(ProviderData tenant, SavedSession kept) {
        return kept.baseUrl().equals(AgaveProvider.base(tenant).toString())
                && !kept.clientKey().isEmpty()
                && kept.clientSecret() != null;
    }

    /** Keeps a client, as a session that nobody has logged in with; one of that name that was there before has ended. */
    public void keep(ProviderData tenant, String username, CreatedClient made) {
        String name = nameOf(tenant, username, made.name());
        files.end(name);
        files.storage()
                .add(SavedSession.ofClient(
                        new Tenant(
                                tenant.environment(),
                                "",
                                AgaveProvider.base(tenant).toString()),
                        username,
                        made));
    }

    /** Forgets a client that is no more; one whose session has tokens stays with it, until that is deleted. */
    public void forget(ProviderData tenant, String username, String name) {
        String session = nameOf(tenant, username, name);
        files.storage()
                .saved(session)
                .filter(kept -> kept.tokens() == null && isAt(tenant, kept))
                .ifPresent(kept -> files.storage().forget(session));
    }

    /** What a session by a client is called. */
    public String nameOf(ProviderData tenant, String username, String client) {
        return Selection.nameOf(tenant.environment(), username, client);
    }
}
