package io.github.evergrant.cli.agave;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import java.util.List;
import java.util.Optional;

/**
 * The files in which Agave's programs keep their sessions and clients: those of the store that is meant, else those of this
 * machine. For one thread.
 */
public final class AgaveFiles {

    private final Evergrant door;
    private final AgaveTokenStorage storage;
    private final boolean areMeant;

    private AgaveFiles(Evergrant door, AgaveTokenStorage storage, boolean areMeant) {
        this.door = door;
        this.storage = storage;
        this.areMeant = areMeant;
    }

    /** They are read when they are first asked. */
    public static AgaveFiles of(Invocation it) {
        Optional<AgaveTokenStorage> meant = it.agaveFiles();
        if (meant.isPresent()) {
            return new AgaveFiles(it.door(), meant.get(), true);
        }
        Evergrant other = it.otherDoor("agave:");
        return new AgaveFiles(other, (AgaveTokenStorage) other.storage(), false);
    }

    /**
     * The sessions that have no tokens, with clients to log in by; none where another store is meant, or where the files
     * cannot be read, which whoever lists the others has said.
     */
    public static List<SavedSession> withoutTokens(Invocation it) {
        try {
            return it.agaveFiles().map(AgaveTokenStorage::saved).orElse(List.of()).stream()
                    .filter(saved -> saved.tokens() == null && Selection.isName(saved.name()))
                    .toList();
        } catch (StorageFailure e) {
            return List.of();
        }
    }

    /** The files that keep a session by a name of the store's, if these do. */
    public static Optional<AgaveTokenStorage> keeping(Invocation it, String session) {
        TokenStorage storage = it.door().storage();
        TokenStorage place = storage instanceof AdoptingTokenStorage joined ? joined.storageOf(session) : storage;
        return place instanceof AgaveTokenStorage agave ? Optional.of(agave) : Optional.empty();
    }

    public AgaveTokenStorage storage() {
        return storage;
    }

    /** Whether a login with Agave is kept in them when nobody says otherwise. */
    public boolean areMeant() {
        return areMeant;
    }

    /** Ends a session that they hold, here alone: another client is to take its name. */
    void end(String name) {
        if (door.sessions().contains(name)) {
            door.logout(name, true);
        }
    }
}
