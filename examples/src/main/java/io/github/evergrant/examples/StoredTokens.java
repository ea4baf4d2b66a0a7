package io.github.evergrant.examples;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.transfer.TransferClient;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;

/**
 * A person's tokens in a file that Python programs share: a login if there are none yet, then requests of Transfer.
 *
 * <p>It does by hand what a session does by itself, as {@link GroupListing} shows.
 */
public final class StoredTokens {

    private static final String CLIENT_ID = "61338d24-54d5-408f-a10d-66c06b59f6d2"; // of the tutorial

    private StoredTokens() {}

    public static void main(String... arguments) {
        GlobusProvider provider = new GlobusProvider();
        ProviderData globus = provider.describe(null, null);
        Client authClient = Client.open(CLIENT_ID);
        TokenStorage myFileAdapter = TokenStorages.open("json1:~/mytokens.json");
        TokenData tokens;

        try (Evergrant evergrant = Evergrant.open(myFileAdapter, EvergrantSettings.defaults())) {
            if (!myFileAdapter.exists()) {
                // A login in whatever way, for the first tokens; here somebody pastes a code.
                PasteLogin login = PasteLogin.start(
                        LoginRequest.of(provider, globus, authClient, GlobusService.TRANSFER.scopes()),
                        new Wire(evergrant.http(), InstantSource.system()));
                System.out.println("Please go to this URL and login:\n\n" + login.authorizationUrl() + "\n");
                System.out.print("Please enter the code here: ");
                LoginResult tokenResponse = login.finish(new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
                // They are kept, and those of the service we want are at hand.
                evergrant.keep("DEFAULT", tokenResponse, false);
                Map<String, TokenData> byRs = tokenResponse.response().byResourceServer();
                tokens = Objects.requireNonNull(byRs.get("transfer.api.globus.org"));
            } else {
                // That was done by an earlier run: they are in the file.
                tokens =
                        myFileAdapter.read("DEFAULT", "transfer.api.globus.org").orElseThrow();
            }

            // Both kinds of authorizer save what they fetch in the storage that they are given, before it is used.
            // One of a fixed token, Authorizers.bearer, has nothing to save.
            // Only the client of the login can fetch anything for it.
            // A listener is possible besides, and not needed: null.
            RenewingAuthorizer authorizer = RenewingAuthorizer.open(
                    LooseTokens.ofRefreshToken(
                                    globus,
                                    authClient,
                                    "transfer.api.globus.org",
                                    tokens.refresh().orElseThrow())
                            .with(tokens.accessToken(), tokens.expiry().end().orElse(null)),
                    myFileAdapter,
                    "DEFAULT",
                    null,
                    evergrant.settings());

            // Ready for a client.
            try (authorizer) {
                TransferClient tc = TransferClient.of(globus, evergrant.http(), authorizer);
                System.out.println(
                        tc.endpointNamed("Globus Tutorial Collection 1").id());
            }
        }
    }
}
