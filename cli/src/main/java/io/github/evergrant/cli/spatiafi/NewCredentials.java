package io.github.evergrant.cli.spatiafi;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiClients;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiUser;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.providers.spatiafi.saved.SavedCredentials;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Somebody's new app credentials: who asks proves it by password, once, and is known before a file is taken. For one thread.
 */
public final class NewCredentials {

    private final Invocation it;
    private final ProviderData data;
    private final SpatiaFiUser user;
    private boolean asked;

    private NewCredentials(Invocation it, ProviderData data, SpatiaFiUser user) {
        this.it = it;
        this.data = data;
        this.user = user;
    }

    /** @throws io.github.evergrant.cli.frame.CliProblem {@code terminal_needed} when something is open, and nobody can be asked */
    public static NewCredentials of(Invocation it, ProviderData data, Person person) {
        String username = person.username(it, "Username: ", Optional.empty());
        Secret password = person.password(it, "Password: ");
        return new NewCredentials(it, data, new SpatiaFiUser(username, password));
    }

    /** Creates them, in place of what the file holds if that may be replaced. */
    public AppCredentials in(CredentialsFile file, boolean replace) {
        return SavedCredentials.create(file, replace, creating());
    }

    /** Creates them and says where they are, unless the file holds some by now. */
    public AppCredentials unlessIn(CredentialsFile file) {
        AppCredentials all = SavedCredentials.readOrCreate(file, () -> {
            asked = true;
            return creating().get();
        });
        if (asked) {
            it.voice().say(savedTo(file));
        }
        return all;
    }

    /** Whether they had to be created, and so are of whoever asked. */
    public boolean areCreated() {
        return asked;
    }

    /** As the tutorial says it. */
    public static String savedTo(CredentialsFile file) {
        return "App Credentials saved to: " + file.path();
    }

    private Supplier<AppCredentials> creating() {
        HttpSender http = it.door().http();
        return () -> new SpatiaFiClients(data, http).create(SpatiaFiLogin.basic(data, user, http));
    }
}
