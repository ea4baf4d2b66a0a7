package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveApi;
import io.github.evergrant.providers.agave.AgaveLogin;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveUser;
import io.github.evergrant.providers.agave.saved.AgaveFolder;
import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Scopes;
import java.nio.file.Path;
import java.util.List;

/**
 * The session with Agave that is in use on this machine, whichever program saved it: logged in if it has no tokens yet, renewed
 * where it is saved, used, and listed with the others.
 *
 * <p>The folder may be named as an argument; else it is the one of Agave's own programs, {@code ~/.agave} as a rule.
 */
public final class SavedSessions {

    private SavedSessions() {}

    public static void main(String... arguments) {
        AgaveProvider agave = new AgaveProvider();
        Path cacheDir = arguments.length == 0 ? null : Path.of(arguments[0]);
        AgaveTokenStorage sessions =
                AgaveTokenStorage.open(AgaveFolder.ofThisMachine().path(cacheDir));

        try (Evergrant evergrant = Evergrant.open(sessions, EvergrantSettings.defaults())) {
            SavedSession saved = sessions.find(Selection.CURRENT);
            ProviderData tenant = agave.dataOf(saved.place(), null);
            Origin origin = saved.origin(tenant);

            if (saved.tokens() == null) {
                // The client is there, and nobody has logged in by it yet.
                AgaveUser user = new AgaveUser(saved.username(), Talk.askSecret("API password: "));
                LoginResult login = AgaveLogin.password(
                        LoginRequest.of(agave, tenant, origin.client(), Scopes.NONE), user, evergrant.wire());
                evergrant.keep(saved.name(), login, false);
            }

            Session session = evergrant.session(saved.name());
            AgaveApi api = new AgaveApi(tenant, evergrant.http(), session.authorizer());
            System.out.println(api.me().fullName());

            for (SavedSession each : sessions.saved()) {
                String end = each.expiry()
                        .flatMap(it -> it.end())
                        .map(Object::toString)
                        .orElse("no token");
                Talk.show(List.of(each.name() + ", " + end));
            }
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }
}
