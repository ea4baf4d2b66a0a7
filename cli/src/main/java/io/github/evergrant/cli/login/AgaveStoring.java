package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.Session;
import java.net.URI;
import java.util.Optional;

/** Keeps a login with Agave: where Agave's programs look for it, or in the store that was named. */
final class AgaveStoring {

    private final Invocation it;
    private final AgaveFiles files;
    private final AgaveSessionName name;
    private final Method.Kind kind;
    private final LoginOptions options;

    AgaveStoring(Invocation it, AgaveFiles files, AgaveSessionName name, Method.Kind kind, LoginOptions options) {
        this.it = it;
        this.files = files;
        this.name = name;
        this.kind = kind;
        this.options = options;
    }

    /** @param otherwise its name in a store of another kind */
    Kept keep(Provider agave, AgaveTalk.Granted granted, String otherwise) {
        LoginResult login = granted.login();
        if (!name.inFiles()) {
            return kept(agave, login, otherwise);
        }
        String full = name.inFiles(it, login, granted.client());
        Optional<String> second = name.second();
        boolean known = second.flatMap(each -> AgaveSessionName.leadsTo(it, each))
                .filter(full::equals)
                .isPresent();
        Kept kept = kept(agave, login, known ? second.orElse(full) : full);
        use(login, full);
        return known || second.isEmpty() ? kept : called(second.get(), full, kept);
    }

    private Kept kept(Provider agave, LoginResult login, String session) {
        it.concerns(session);
        LoginRequest request = LoginRequest.of(agave, login.provider(), login.client(), login.scopes());
        return new Storing(it, options.wanted(session, request), kind, it.door().wire()).keep(login);
    }

    /** As in Python's library, who logs in is the one in use; a sandbox's session does not take that place from a real one. */
    private void use(LoginResult login, String full) {
        AgaveTokenStorage storage = files.storage();
        boolean real = login.provider().base() == null;
        if (real || storage.current().filter(inUse -> !isSandbox(inUse)).isEmpty()) {
            storage.use(full);
        }
    }

    private static boolean isSandbox(SavedSession saved) {
        try {
            return Addresses.isLoopback(URI.create(saved.baseUrl()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Kept called(String second, String full, Kept kept) {
        if (it.isAdopted(second)) {
            it.door().release(second);
        }
        Session session = it.door().adoptFrom(files.storage(), full, second, null);
        return new Kept(session, kept.provider(), kept.oddities());
    }
}
