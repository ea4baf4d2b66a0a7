package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.BasicToken;
import io.github.evergrant.providers.spatiafi.SpatiaFiClients;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.SpatiaFiUser;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFile;
import io.github.evergrant.providers.spatiafi.saved.CredentialsFolder;
import io.github.evergrant.providers.spatiafi.saved.SavedCredentials;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * SpatiaFi's tutorial on app credentials: a short token by password, with it app credentials, which are saved; and from then on
 * tokens by these, so that later runs ask for nothing.
 *
 * <p>An argument names another auth service than SpatiaFi's own.
 */
public final class AppCredentialsTutorial {

    private final ProviderData data;
    private final Evergrant evergrant;
    private final CredentialsFile file;

    private AppCredentialsTutorial(ProviderData data, Evergrant evergrant) {
        this.data = data;
        this.evergrant = evergrant;
        this.file = new CredentialsFile(CredentialsFolder.ofThisMachine().tutorialFile());
    }

    public static void main(String... arguments) {
        try (Evergrant evergrant = Evergrant.open("memory:")) {
            ProviderData data = new SpatiaFiProvider().describe(arguments.length == 0 ? null : arguments[0], null);
            AppCredentialsTutorial tutorial = new AppCredentialsTutorial(data, evergrant);
            tutorial.createOnce();
            tutorial.useThem();
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }

    /** Each creation makes a pair that is good for ever: none is made while one is saved. */
    private void createOnce() {
        if (file.read().isPresent()) {
            return;
        }
        BasicToken accessToken = basicToken();
        SavedCredentials.readOrCreate(file, () -> create(accessToken));
        System.out.println("App Credentials saved to: " + file.path());
    }

    private BasicToken basicToken() {
        String username = Talk.ask("Username: ");
        Secret password = Talk.askSecret("Password: ");

        BasicToken accessToken = SpatiaFiLogin.basic(data, new SpatiaFiUser(username, password), evergrant.http());

        // The token itself is not in its text.
        System.out.println(accessToken);
        Duration left = accessToken.remaining(Instant.now());
        System.out.println("Access token expires in: " + minutesAndSeconds(left));
        return accessToken;
    }

    private AppCredentials create(BasicToken accessToken) {
        HttpSender telling = (call, deadline, mostBytes) -> {
            HttpReply response = evergrant.http().send(call, deadline, mostBytes);
            System.out.println("status: " + response.status());
            return response;
        };
        AppCredentials made = new SpatiaFiClients(data, telling).create(accessToken);
        // The secret is not in its text; whoever needs it has it from made.clientSecret().
        System.out.println(made);
        return made;
    }

    private void useThem() {
        Map<String, String> environment = SpatiaFiSession.loadSpatiafiCredentials(file);
        Session session = SpatiaFiSession.getSession(environment, data, evergrant);

        System.out.println("Getting an access_token with client_id and client_secret:\n");
        session.renewNow();
        Duration newLeft = session.remaining().orElseThrow();
        System.out.println("New access token expires in: " + minutesAndSeconds(newLeft));
    }

    private static String minutesAndSeconds(Duration left) {
        return left.toMinutes() + " minutes, " + left.toSecondsPart() + " seconds";
    }
}
