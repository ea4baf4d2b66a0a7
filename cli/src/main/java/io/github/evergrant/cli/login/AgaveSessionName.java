package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.storage.KeptAt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session with Agave is called. In the files of Agave's programs it is {@code TENANT/USER/CLIENT}, and any other name
 * is a second one, which only we know.
 *
 * @param named what somebody named, if anything
 * @param inFiles whether it is kept in those files
 * @param parts what a name in the files says; all null when it is none
 */
record AgaveSessionName(Optional<String> named, boolean inFiles, Selection parts) {

    static AgaveSessionName of(Invocation it, AgaveFiles files) {
        Optional<String> named = it.namedSession();
        boolean inFiles =
                files.areMeant() && named.filter(name -> isOurs(it, name)).isEmpty();
        Selection parts = named.filter(name -> inFiles)
                .map(name ->
                        it.isAdopted(name) ? it.door().storage().keptAt(name).namespace() : name)
                .filter(AgaveTokenStorage::isName)
                .map(Selection::of)
                .orElse(Selection.CURRENT);
        boolean isSecond = named.isPresent() && parts.client() == null && !it.isUsualStore();
        if (inFiles && isSecond) {
            throw CliProblem.usage("sessions in " + it.store() + " are called TENANT/USER/CLIENT; leave the name out");
        }
        return new AgaveSessionName(named, inFiles, parts);
    }

    /** Whether our own store has a session of that name: it stays there. */
    private static boolean isOurs(Invocation it, String name) {
        return it.isUsualStore()
                && !it.isAdopted(name)
                && it.door().storage().holds(name)
                && AgaveFiles.keeping(it, name).isEmpty();
    }

    /** Whether the client's name is a part of it. */
    boolean needsClient() {
        return inFiles;
    }

    @Nullable
    String tenant() {
        return parts.tenant();
    }

    Optional<String> username() {
        return Optional.ofNullable(parts.username());
    }

    /** What the client must be called; nothing when somebody's second name says nothing of that. */
    Optional<String> client() {
        return Optional.ofNullable(parts.client())
                .filter(client -> named.filter(AgaveTokenStorage::isName).isPresent());
    }

    /** The second name, if somebody gave it one. */
    Optional<String> second() {
        return named.filter(name -> inFiles && !AgaveTokenStorage.isName(name));
    }

    /** Its name in the files. */
    String inFiles(LoginResult login, String client) {
        Account account = login.account();
        String username = account.username();
        if (username == null) {
            throw CliProblem.usage("whose tokens they are is a part of the session's name: give --username");
        }
        String full = AgaveTokenStorage.nameOf(login.provider().environment(), username, client().orElse(client));
        if (client().isPresent() && named.filter(full::equals).isEmpty()) {
            throw CliProblem.usage("this login is that of session " + full + ", and another one is named");
        }
        return full;
    }

    /** Where a second name leads now, if it is one. */
    static Optional<String> leadsTo(Invocation it, String second) {
        return it.isAdopted(second)
                ? Optional.of(it.door().storage().keptAt(second)).map(KeptAt::namespace)
                : Optional.empty();
    }
}
