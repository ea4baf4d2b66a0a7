package io.github.evergrant.session;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.TokenResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An authorizer built from loose values: a refresh token or client credentials, a client, perhaps an access token.
 *
 * <p>Safe for many threads; fetches nothing before the first use. With a storage it saves every response there and uses
 * what other processes saved; without one it is alone with its tokens.
 */
public final class RenewingAuthorizer implements Authorizer, AutoCloseable {

    private static final String ALONE = "loose";

    private final Evergrant door;
    private final Authorizer authorizer;

    private RenewingAuthorizer(Evergrant door, Session session, String resourceServer) {
        this.door = door;
        this.authorizer = session.authorizer(resourceServer);
    }

    /**
     * Keeps its tokens in memory.
     *
     * @param onRefresh told of each response after it was taken over, or null; what it throws is logged
     */
    public static RenewingAuthorizer open(
            LooseTokens tokens, @Nullable Consumer<TokenResponse> onRefresh, EvergrantSettings settings) {
        return open(tokens, MemoryTokenStorage.create(), ALONE, onRefresh, settings);
    }

    /**
     * Keeps its tokens in a storage: a response is saved there before anybody is told of it.
     *
     * <p>What the storage already holds for the resource server is newer than the loose values, and wins. The storage is
     * closed with the authorizer, and when this fails.
     *
     * @param namespace which session of the storage
     */
    public static RenewingAuthorizer open(
            LooseTokens tokens,
            TokenStorage storage,
            String namespace,
            @Nullable Consumer<TokenResponse> onRefresh,
            EvergrantSettings settings) {
        Evergrant door = Evergrant.open(storage, settings);
        boolean handedOver = false;
        try {
            Session session =
                    door.fill(namespace, tokens.asLogin(settings.clock().instant()));
            if (onRefresh != null) {
                session.onRefresh(onRefresh);
            }
            RenewingAuthorizer opened = new RenewingAuthorizer(door, session, tokens.resourceServer());
            handedOver = true;
            return opened;
        } finally {
            if (!handedOver) {
                door.close();
            }
        }
    }

    @Override
    public @Nullable String header() {
        return authorizer.header();
    }

    @Override
    public boolean renewAfterRefusal(String refused) {
        return authorizer.renewAfterRefusal(refused);
    }

    /** Waits for a renewal under way, then closes the storage. */
    @Override
    public void close() {
        door.close();
    }
}
