package io.github.evergrant.cli.agave;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
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
     */
    public void prepare(ProviderData tenant, String username, String name) {
        AgaveTokenStorage storage = files.storage();
        storage.inOneStep(nameOf(tenant, username, name), storage::saved);
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
                .add(new SavedSession(
                        tenant.environment(),
                        AgaveProvider.base(tenant).toString(),
                        username,
                        made.name(),
                        made.key(),
                        made.secret(),
                        null));
    }

    /** Forgets a client that is no more; one whose session has tokens stays with it, until that is deleted. */
    public void forget(ProviderData tenant, String username, String name) {
        String session = nameOf(tenant, username, name);
        files.storage()
                .saved(session)
                .filter(kept -> kept.tokens() == null)
                .ifPresent(kept -> files.storage().forget(session));
    }

    private static String nameOf(ProviderData tenant, String username, String client) {
        return AgaveTokenStorage.nameOf(tenant.environment(), username, client);
    }
}
