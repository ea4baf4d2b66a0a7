package io.github.evergrant.examples;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.providers.spatiafi.saved.SavedCredentials;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two functions of SpatiaFi's tutorial that it recommends to save for programs of one's own. */
final class SpatiaFiSession {

    private SpatiaFiSession() {}

    /** The variables of a program that is started, in which a file's credentials count more; no other variable comes from it. */
    static Map<String, String> loadSpatiafiCredentials(CredentialsFile file) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(SavedCredentials.variables(file, System.out::println));
        return environment;
    }

    /** A session that fetches a token whenever it needs one; the secret signs for it, and is never sent. */
    static Session getSession(Map<String, String> environment, ProviderData data, Evergrant evergrant) {
        AppCredentials client = new AppCredentials(
                environment.get("USER_ID"),
                set(environment.get("CLIENT_ID")),
                Secret.of(set(environment.get("CLIENT_SECRET"))));
        LoginResult login = SpatiaFiLogin.appCredentials(new SpatiaFiProvider(), data, client, evergrant.wire());
        return evergrant.keep("spatiafi", login, false);
    }

    private static String set(@Nullable String value) {
        if (value == null) {
            throw new InvalidInput(Problem.of("credentials_missing", "there are no app credentials")
                    .withAdvice("set CLIENT_ID and CLIENT_SECRET, or create some"));
        }
        return value;
    }
}
