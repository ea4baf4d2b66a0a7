package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a client and keeps its secret, which is told only once. */
@Command(
        name = "create",
        description = {
            "Creates a client, and keeps its id and secret here for logins by it. The provider tells the secret this one"
                    + " time; it is readable by you alone. No session is needed.",
            "",
            "With Agave it has a name, and lies where Agave's programs keep their sessions, as one that nobody has logged"
                    + " in with. Its key is printed.",
            "",
            "With SpatiaFi it has none: it is a pair of app credentials, saved where SpatiaFi's tutorial looks, or its"
                    + " Python package. The file is printed. Nothing lists or deletes such a pair, so what is saved"
                    + " already is only replaced with --replace, and stays good at SpatiaFi even then."
        },
        footer = {
            "  evergrant clients create my_client 'for my laptop' --tenant sd2e",
            "  evergrant clients create my_client --tenant sd2e --show-secret --json",
            "  evergrant clients create --provider spatiafi",
            "  evergrant clients create --provider spatiafi --package-file --username ada@example.org"
        })
final class CreateCommand implements CliCommand {

    /** The providers whose clients people create, for a shell that completes them. */
    static final class Creators implements Iterable<String> {

        private static final List<String> ALL = List.of("agave", "spatiafi");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            arity = "0..1",
            description = "What to call it, with Agave; no two of yours have one name.")
    private @Nullable String name;

    @Parameters(index = "1", paramLabel = "DESCRIPTION", arity = "0..1", description = "What it is for, with Agave.")
    private @Nullable String description;

    @Mixin
    private Owner owner = new Owner();

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            completionCandidates = Creators.class,
            description = "agave, which is meant without it, or spatiafi.")
    private @Nullable String provider;

    @Option(
            names = "--environment",
            paramLabel = "ADDRESS",
            description =
                    "Which auth service of SpatiaFi, if not the usual one; what it creates is saved beside our sessions.")
    private @Nullable String environment;

    @Option(
            names = "--package-file",
            description = "Save in app_credentials.json, the file of SpatiaFi's Python package, not the tutorial's.")
    private boolean packageFile;

    @Option(names = "--replace", description = "Replace the app credentials that are saved already.")
    private boolean replace;

    @Option(names = "--show-secret", description = "Print the client's secret, too.")
    private boolean showSecret;

    @Override
    public int run(Invocation it) {
        if (provider != null && !Creators.ALL.contains(provider)) {
            throw CliProblem.usage("--provider is none of " + String.join(", ", Creators.ALL));
        }
        boolean ofSpatiaFi = environment != null || packageFile || replace;
        if ("spatiafi".equals(provider)) {
            if (name != null || owner.namesTenant() || it.namedSession().isPresent()) {
                throw CliProblem.usage("app credentials of SpatiaFi have no name, no tenant and no session");
            }
            return new SpatiaFiCreation(packageFile, replace, showSecret).run(it, environment, owner.person());
        }
        if (ofSpatiaFi) {
            throw CliProblem.usage(
                    "--environment, --package-file and --replace are for SpatiaFi's app credentials: --provider spatiafi");
        }
        if (name == null) {
            throw CliProblem.usage("a client of Agave needs a name; SpatiaFi's are created with --provider spatiafi");
        }
        return new AgaveCreation(name, description, showSecret).run(it, owner);
    }
}
