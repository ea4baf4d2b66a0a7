package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
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
                .filter(Selection::isName)
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
                .filter(client -> named.filter(Selection::isName).isPresent());
    }

    /** The second name, if somebody gave it one. */
    Optional<String> second() {
        return named.filter(name -> inFiles && !Selection.isName(name));
    }

    /**
     * Sees to it that nothing contradicts the name, before anything is asked or sent.
     *
     * @param chosen with whom the login is to be
     * @param person who was named, if somebody was
     */
    void requireConsistent(ProviderData chosen, Optional<String> person) {
        boolean otherTenant = parts.tenant() != null && !chosen.environment().equals(parts.tenant());
        boolean otherPerson =
                person.filter(each -> !each.equals(parts.username())).isPresent();
        if (client().isPresent() && (otherTenant || otherPerson)) {
            throw CliProblem.usage("the name of the session says another tenant or user than the options");
        }
    }

    /** Its name in the files; whoever else it turned out to be, what was granted is not thrown away. */
    String inFiles(Invocation it, LoginResult login, String client) {
        String username = login.account().username();
        if (username == null) {
            throw CliProblem.usage("whose tokens they are is a part of the session's name: give --username");
        }
        String full = Selection.nameOf(login.provider().environment(), username, client().orElse(client));
        if (client().isPresent() && named.filter(full::equals).isEmpty()) {
            it.voice().warn("other_session", "this login is " + username + "'s: it is kept as " + full);
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
