package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.session.Session;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a session that Agave's programs save known by a name of our own, or copies it: they say by which client it goes on. */
final class AgaveImport {

    private final Invocation it;
    private final AgaveTokenStorage storage;

    AgaveImport(Invocation it) {
        this.it = it;
        this.storage = AgaveFiles.of(it).storage();
    }

    /** @param named its name in the files; null for the one in use, or the only one */
    int run(@Nullable String named, boolean copy) {
        String namespace = choose(named);
        String name = it.namedSession().map(SessionNames::checked).orElse(namespace);
        it.concerns(name);
        if (copy) {
            copy(namespace, name);
        } else {
            adopt(namespace, name);
        }
        Session session = it.look(name);
        if (session.facts().isEmpty()) {
            it.voice()
                    .warn(
                            "not_renewable",
                            "session " + name + " can be used until its token ends: which client it belongs to, or that"
                                    + " client's secret, is not saved with it");
        }
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(name)));
        }
        return Exits.DONE;
    }

    private String choose(@Nullable String named) {
        List<String> all = storage.namespaces();
        if (named != null && all.contains(named)) {
            return named;
        }
        if (named != null || all.isEmpty()) {
            throw new LoginRequired(Problem.of(
                    "nothing_to_import",
                    storage.path() + (named == null ? " holds no tokens" : " holds no session '" + named + "'")));
        }
        Optional<String> inUse = storage.current().map(SavedSession::name).filter(all::contains);
        if (inUse.isEmpty() && all.size() > 1) {
            all.forEach(each -> it.voice().say("  " + it.nextCommand().withNamespace(each)));
            throw CliProblem.of(
                    Exits.USAGE,
                    "import_which",
                    "several sessions are saved; say which one is meant",
                    null,
                    it.nextCommand().withNamespace(all.get(0)));
        }
        return inUse.orElse(all.get(0));
    }

    private void adopt(String namespace, String name) {
        boolean known = name.equals(namespace);
        if (!known) {
            it.door().adoptFrom(storage, namespace, name, null);
        }
        it.voice()
                .say("Session " + name + (known ? " is known already" : " is imported") + "; it stays in "
                        + storage.path() + ".");
    }

    private void copy(String namespace, String name) {
        if (name.equals(namespace)) {
            throw CliProblem.usage("a copy needs a name of its own: -s NAME");
        }
        if (it.door().copyFrom(storage, namespace, name, null)) {
            ImportReport.warnOfSharing(it);
        }
        it.voice().say("Session " + name + " is copied from " + storage.path() + ".");
    }
}
