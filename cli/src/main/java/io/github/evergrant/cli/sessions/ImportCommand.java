package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.ClientOptions;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.globus.GlobusLogin;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a login that another program keeps a session of ours, in place or as a copy. */
@Command(
        name = "import",
        description = {
            "Makes a login that another program keeps known here by a name. Its tokens stay in that program's file,"
                    + " where they are renewed for both; with --copy they are copied to our own store.",
            "",
            "SpatiaFi's programs keep no tokens, but app credentials: those of FILE, or of the file where these programs"
                    + " look, become a session of our own, with a token of its own. The file is left alone."
        },
        footer = {
            "  evergrant sessions import --from globus-cli",
            "  evergrant sessions import --from globus-compute -s compute",
            "  evergrant sessions import --from agave -s tour",
            "  evergrant sessions import --from spatiafi",
            "  evergrant sessions import session.json -s tastytrade",
            "  evergrant sessions import ~/.globus/app/61338d24-54d5-408f-a10d-66c06b59f6d2/my-app/tokens.json",
            "  evergrant sessions import tokens.json -s work --client-id 61338d24-54d5-408f-a10d-66c06b59f6d2"
        })
final class ImportCommand implements CliCommand {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "A file that globus_sdk wrote: JSON of format 1.0 or 2.0, or SQLite; or app credentials; or the text of"
                            + " a session that Python's tastytrade library serialized, which is always copied.")
    private @Nullable String file;

    @Option(
            names = "--from",
            paramLabel = "PROGRAM",
            completionCandidates = ImportSource.Programs.class,
            description =
                    "Which program's login: globus-cli, globus-compute, globus-app, agave, spatiafi, or tastytrade: the grant"
                            + " in ttcli's configuration, which is copied.")
    private @Nullable String from;

    @Option(names = "--namespace", paramLabel = "NS", description = "Which login of the file, if it has several.")
    private @Nullable String namespace;

    @Option(names = "--copy", description = "Copy it to our own store; that program's file is left alone.")
    private boolean copy;

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Override
    public int run(Invocation it) {
        client.claimInput(it);
        if ("spatiafi".equals(from)) {
            if (namespace != null || client.areGiven()) {
                throw CliProblem.usage(
                        "--from spatiafi takes no client and no namespace: app credentials are a client");
            }
            return new SpatiaFiImport(it).run(file);
        }
        TastytradeImport serialized = TastytradeImport.of(it, file, from).orElse(null);
        if (serialized != null) {
            if (client.areGiven() || namespace != null) {
                throw CliProblem.usage("a session of tastytrade's says itself by which client it goes on, and is alone"
                        + " in its file");
            }
            return serialized.run();
        }
        if (!copy && !it.isUsualStore()) {
            throw CliProblem.usage("a session that stays in another file is known where no other store is named: leave"
                    + " the store out, or copy the session with --copy");
        }
        if ("agave".equals(from)) {
            if (file != null || client.areGiven()) {
                throw CliProblem.usage("--from agave takes neither a file nor a client: they are where Agave's programs"
                        + " save their sessions; TAPIS_CACHE_DIR names another folder");
            }
            return new AgaveImport(it).run(namespace, copy);
        }
        try (ImportSource source = ImportSource.of(it, file, from)) {
            Importable found = source.choose(namespace);
            GlobusLogin login = withClient(it, found.login());
            return copy ? copy(it, found, origin(it, login)) : adopt(it, found, login);
        }
    }

    /** What the options say counts more than what the file does. */
    private GlobusLogin withClient(Invocation it, GlobusLogin login) {
        String id = client.id().orElse(null);
        Secret secret = client.secret(it).orElse(null);
        boolean wanting =
                id != null || (login.kind() == LoginResult.Kind.CLIENT_CREDENTIALS && login.clientSecret() == null);
        return login.withClient(
                id, secret == null && wanting ? ClientOptions.fromVariable(it).orElse(null) : secret);
    }

    private static Optional<Origin> origin(Invocation it, GlobusLogin login) {
        if (login.clientId() == null) {
            return Optional.empty();
        }
        Provider globus = it.providers().named("globus");
        return login.origin(
                globus, globus.describe(login.environment(), it.sandbox().orElse(null)));
    }

    private int adopt(Invocation it, Importable found, GlobusLogin login) {
        String known = found.knownAs(it).orElse(null);
        String name = name(it, found, known);
        Session session = known != null && !client.areGiven() && isRenewable(it, known)
                ? it.look(name)
                : it.door()
                        .adoptFrom(
                                found.storage(),
                                found.namespace(),
                                name,
                                origin(it, login).orElse(null));
        it.voice()
                .say("Session " + name + (known == null ? " is imported" : " is known already") + "; it stays in "
                        + found.file() + ".");
        new ImportReport(it, session).tell(login);
        return Exits.DONE;
    }

    /** Whether its client is known, and nothing has happened since that must be noted. */
    private static boolean isRenewable(Invocation it, String name) {
        try {
            return it.look(name).facts().isPresent();
        } catch (LoginRequired e) {
            return false;
        }
    }

    private int copy(Invocation it, Importable found, Optional<Origin> origin) {
        String name = name(it, found, null);
        boolean shared = it.door().copyFrom(found.storage(), found.namespace(), name, origin.orElse(null));
        it.voice().say("Session " + name + " is copied from " + found.file() + ".");
        if (shared) {
            ImportReport.warnOfSharing(it);
        }
        if (it.json()) {
            it.voice().json(SessionReport.of(it.look(name), it.now()).json(it.storage(name)));
        }
        return Exits.DONE;
    }

    private static String name(Invocation it, Importable found, @Nullable String known) {
        String named = it.namedSession().orElse(null);
        if (known != null && named != null && !named.equals(known)) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "imported_already",
                    "it is imported already, as session '" + known + "'",
                    known,
                    it.nextCommand().line("sessions", "rename", known, named));
        }
        String name = SessionNames.checked(
                named != null ? named : known != null ? known : found.login().name());
        it.concerns(name);
        return name;
    }
}
