package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.ClientOptions;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Secrets;
import io.github.evergrant.cli.spatiafi.NewCredentials;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.session.SessionFacts;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By which app credentials a login with SpatiaFi is made; where there are none, somebody creates theirs by password. */
final class SpatiaFiClientChoice {

    private final ClientOptions options;
    private final SpatiaFiFiles files;

    SpatiaFiClientChoice(ClientOptions options, SpatiaFiFiles files) {
        this.options = options;
        this.files = files;
    }

    /**
     * What was chosen.
     *
     * @param whence where they were found, in words; null when somebody named them, or has just created them
     */
    record Chosen(AppCredentials credentials, @Nullable String whence) {}

    /**
     * Those named; else, in this order, the session's own, those of variables or files, and the sandbox's unless a person is
     * named; else new ones.
     *
     * @param former of the session that is logged in again, with SpatiaFi
     * @throws InvalidInput {@code client_secret_needed} when some are named whose secret nobody knows
     * @throws CliProblem {@code terminal_needed} when there are none, and nobody can be asked for a password; {@code
     *     credentials_exist} when there are some, and a password that says nothing of whom it is
     */
    Chosen credentials(Invocation it, ProviderData data, Optional<SessionFacts> former, Person person) {
        if (options.areGiven()) {
            if (person.isGiven()) {
                throw CliProblem.usage(
                        "username and password are for creating app credentials; those that are named log in"
                                + " without");
            }
            return new Chosen(named(it, former), null);
        }
        Optional<AppCredentials> own = former.flatMap(SpatiaFiClientChoice::own);
        Optional<AppCredentials> known = own.or(files::find);
        if (known.isPresent()) {
            String whence = own.isPresent() ? "the session has app credentials of its own" : files.whence();
            if (person.isGiven() && person.named().isEmpty()) {
                throw others(it, whence + ", which log in without a password; nothing was sent");
            }
            return new Chosen(known.get(), whence);
        }
        if (data.base() != null && !person.isGiven()) {
            return new Chosen(credentials(SpatiaFiProvider.SANDBOX_CLIENT, null).orElseThrow(), null);
        }
        boolean password = person.givesPassword()
                || new Secrets(it).variable("EVERGRANT_PASSWORD").isPresent();
        boolean missing = person.named().isEmpty() || !password;
        if (missing && !it.mayAsk()) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "no app credentials are saved here, and creating them needs username and password of a person at a"
                            + " terminal",
                    it.namedSession().orElse(null),
                    it.nextCommand().again());
        }
        if (missing) {
            it.voice().say("No app credentials are saved here. They are created once, by username and password.");
        }
        NewCredentials made = NewCredentials.of(it, data, person);
        AppCredentials all = made.unlessIn(files.tutorialFile());
        return new Chosen(all, made.areCreated() ? null : files.whence());
    }

    /** What is there is not what was meant: somebody goes on with it, or creates others. */
    CliProblem others(Invocation it, String why) {
        Path there = files.file().map(CredentialsFile::path).orElse(null);
        return CliProblem.of(
                Exits.USAGE,
                "credentials_exist",
                why + "; to create others: " + it.nextCommand().creatingCredentials(there),
                it.namedSession().orElse(null),
                it.nextCommand().withoutPerson());
    }

    private AppCredentials named(Invocation it, Optional<SessionFacts> former) {
        String id = options.id()
                .or(() -> former.map(facts -> facts.client().id()))
                .orElseThrow(() -> CliProblem.usage("a client's secret needs the client: --client-id"));
        Optional<AppCredentials> told = options.secret(it).map(secret -> new AppCredentials(null, id, secret));
        return told.or(() -> former.flatMap(SpatiaFiClientChoice::own).filter(each -> isOf(id, each)))
                .or(() -> ClientOptions.fromVariable(it).map(secret -> new AppCredentials(null, id, secret)))
                .or(() -> files.find().filter(each -> isOf(id, each)))
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("client_secret_needed", "the secret of client " + id + " is not known here")
                                .withAdvice("give it with --client-secret-file or --client-secret-stdin")));
    }

    private static boolean isOf(String id, AppCredentials credentials) {
        return credentials.clientId().equals(id);
    }

    private static Optional<AppCredentials> own(SessionFacts facts) {
        return credentials(facts.client(), facts.account().identityId());
    }

    private static Optional<AppCredentials> credentials(Client client, @Nullable String userId) {
        return Optional.ofNullable(client.secret()).map(secret -> new AppCredentials(userId, client.id(), secret));
    }
}
