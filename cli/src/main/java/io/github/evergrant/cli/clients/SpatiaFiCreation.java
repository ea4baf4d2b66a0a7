package io.github.evergrant.cli.clients;

import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.spatiafi.NewCredentials;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates app credentials of SpatiaFi, and saves them where its programs look.
 *
 * @param packageFile whether the file is that of the Python package
 * @param replace whether what is saved already may be lost
 * @param showSecret whether the secret is printed, too
 */
record SpatiaFiCreation(boolean packageFile, boolean replace, boolean showSecret) {

    int run(Invocation it, @Nullable String environment, Person person) {
        ProviderData data =
                new SpatiaFiProvider().describe(environment, it.sandbox().orElse(null));
        SpatiaFiFiles files = SpatiaFiFiles.of(it, data);
        CredentialsFile file = packageFile ? files.packageFile() : files.tutorialFile();
        Optional<CredentialsFile> there = files.file();
        if (there.isPresent() && !replace) {
            // Before anybody is asked; whether the file itself is there is asked again before anything is created.
            throw new InvalidInput(Problem.of(
                            "credentials_exist",
                            "there are app credentials in " + there.get().path()
                                    + " already; they stay as they are, and nothing was sent")
                    .withPath(there.get().path()));
        }
        AppCredentials made = NewCredentials.of(it, data, person).in(file, replace);
        print(it, file, made);
        files.file()
                .filter(first -> !first.equals(file))
                .ifPresent(first -> it.voice()
                        .warn(
                                "credentials_hidden",
                                first.path() + " is looked for before " + file.path() + ", and holds others"));
        it.voice().say("To log in with them: " + it.nextCommand().line(login(environment, made)));
        return Exits.DONE;
    }

    /** By their id, since a session that is there would go on by its own client. */
    private static String[] login(@Nullable String environment, AppCredentials made) {
        return environment == null
                ? new String[] {"login", "spatiafi", "--client-id", made.clientId()}
                : new String[] {"login", "spatiafi", "--environment", environment, "--client-id", made.clientId()};
    }

    private void print(Invocation it, CredentialsFile file, AppCredentials made) {
        String userId = made.userId();
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("user_id", userId);
            json.put("client_id", made.clientId());
            if (showSecret) {
                json.put("client_secret", made.clientSecret().reveal());
            }
            json.put("path", file.path().toString());
            it.voice().json(json);
            return;
        }
        if (showSecret) {
            Table table = new Table("USER_ID", "CLIENT_ID", "CLIENT_SECRET");
            table.row(
                    userId == null ? "-" : userId,
                    made.clientId(),
                    made.clientSecret().reveal());
            it.voice().print(table.lines());
        }
        it.voice().print(Printable.text(NewCredentials.savedTo(file)));
    }
}
