package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.BrowserFirst;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.login.loopback.ServerLimits;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.Evergrant;
import java.net.URI;
import java.util.List;

/**
 * Connects an OAuth application of one's own to tastytrade: a page in the browser asks for its client id and client secret, then
 * tastytrade asks whether it may; the refresh token is shown there and here, and kept.
 *
 * <p>An argument is the redirect address that is registered for the application, if it is not {@code http://localhost:8000}.
 */
public final class TastytradeSetUp {

    private TastytradeSetUp() {}

    public static void main(String... arguments) {
        ServerLimits.setForThisProcess();
        try (Evergrant evergrant = Evergrant.open(TastytradeTalk.STORE)) {
            BrowserFirst browser =
                    BrowserFirst.of(System.getenv(), page -> System.out.println("Opening url: " + page), typed());
            login(
                    evergrant,
                    arguments.length == 0 ? browser : browser.at(LoopbackAddress.of(null, URI.create(arguments[0]))));
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }

    private static void login(Evergrant evergrant, LoginWay way) {
        ProviderData production =
                new TastytradeProvider().describe(TastytradeProvider.PRODUCTION, TastytradeTalk.sandbox());
        Keeper keeper = login -> {
            evergrant.keep(TastytradeTalk.SESSION, login, false);
            return login.sentence() + " Session " + TastytradeTalk.SESSION + " is saved.";
        };

        LoginResult login = TastytradeLogin.login(production, way, evergrant.wire(), keeper.revealingRefreshToken());

        System.out.println(login.response().first().refresh().orElseThrow().reveal());
    }

    /** Without a browser on this machine, everything is typed here. */
    private static LoginWay typed() {
        LoginWay pasting = PasteLogin.asking(null, page -> {
            Talk.show(List.of("Open this address, sign in, and copy the address of the last page:", page.toString()));
            return Talk.ask("Address: ");
        });
        return (request, wire, keeper) ->
                pasting.login(request.by(Talk.ask("Client ID: "), Talk.askSecret("Client secret: ")), wire, keeper);
    }
}
