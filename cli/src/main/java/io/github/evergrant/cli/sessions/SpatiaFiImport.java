package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.spatiafi.SpatiaFiFiles;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.session.Session;
import org.jspecify.annotations.Nullable;

/** Makes app credentials that SpatiaFi's programs keep a session, by one request for its token; their file is left alone. */
final class SpatiaFiImport {

    private final Invocation it;

    SpatiaFiImport(Invocation it) {
        this.it = it;
    }

    /** @param named the file; null for the one where those programs look */
    int run(@Nullable String named) {
        SpatiaFiProvider spatiafi = new SpatiaFiProvider();
        ProviderData data = spatiafi.describe(null, it.sandbox().orElse(null));
        SpatiaFiFiles files = SpatiaFiFiles.of(it, data);
        CredentialsFile file = named == null
                ? files.file()
                        .orElseThrow(() -> new LoginRequired(Problem.of(
                                "nothing_to_import",
                                "no program of SpatiaFi keeps app credentials in "
                                        + files.tutorialFile().path().getParent())))
                : new CredentialsFile(it.path(named));
        AppCredentials credentials = files.read(file)
                .orElseThrow(() -> new StorageFailure(Problem.of("store_missing", "there is no file " + file.path())
                        .withAdvice("check the path")
                        .withPath(file.path())));
        String name = SessionNames.checked(it.namedSession().or(it::onlyName).orElse(spatiafi.id()));
        it.concerns(name);
        Session session = it.door().keep(name, files.logIn(spatiafi, data, credentials), false);
        it.voice().say("Session " + name + " is imported from " + file.path() + ", which stays as it is.");
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(name)));
        }
        return Exits.DONE;
    }
}
