package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.PasswordOrder;
import io.github.evergrant.providers.tastytrade.RememberToken;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.providers.tastytrade.TastytradeSession;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;

/**
 * Sessions with tastytrade by password, as they were: a production account, a certification account, and one whose next login
 * needs no password.
 *
 * <p>The live service has taken no passwords since February 2026; {@link TastytradeSetUp} is the way that works there. An
 * address of a sandbox in {@code EVERGRANT_SANDBOX} is asked in its place.
 */
public final class TastytradePasswords {

    private final Evergrant evergrant;

    private TastytradePasswords(Evergrant evergrant) {
        this.evergrant = evergrant;
    }

    public static void main(String... arguments) {
        String username = Talk.ask("Username: ");
        Secret password = Talk.askSecret("Password: ");
        try (Evergrant evergrant = Evergrant.open("memory:")) {
            new TastytradePasswords(evergrant).run(username, password);
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }

    private void run(String username, Secret password) {
        TastytradeProvider tastytrade = new TastytradeProvider();
        ProviderData production = tastytrade.describePassword(TastytradeProvider.PRODUCTION, TastytradeTalk.sandbox());
        ProviderData test = tastytrade.describePassword(TastytradeProvider.CERTIFICATION, TastytradeTalk.sandbox());

        TastytradeSession session = session(
                "real", login(production, PasswordOrder.of(username, password).withRememberMe(false)));
        show(session);

        TastytradeSession testSession =
                session("test", login(test, PasswordOrder.of(username, password).withRememberMe(false)));
        show(testSession);

        LoginResult remembering = login(production, PasswordOrder.of(username, password));
        RememberToken rememberToken = RememberToken.of(remembering).orElseThrow();
        // The remember token replaces the password for the next login.
        TastytradeSession newSession = session("new", login(production, PasswordOrder.of(username, rememberToken)));
        show(newSession);
    }

    private LoginResult login(ProviderData data, PasswordOrder order) {
        return TastytradeLogin.password(data, order, null, evergrant.wire());
    }

    private TastytradeSession session(String name, LoginResult login) {
        evergrant.keep(name, login, false);
        return TastytradeSession.of(evergrant, name);
    }

    private static void show(TastytradeSession session) {
        System.out.println(session.environment() + ", valid: " + session.validate());
    }
}
