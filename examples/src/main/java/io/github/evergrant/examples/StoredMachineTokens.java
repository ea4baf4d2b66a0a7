package io.github.evergrant.examples;

import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.transfer.TransferClient;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.InstantSource;

/** As {@link StoredTokens}, for a machine: its client logs in by its own credentials, {@code CLIENT_ID} and {@code CLIENT_SECRET}. */
public final class StoredMachineTokens {

    private StoredMachineTokens() {}

    public static void main(String... arguments) {
        GlobusProvider provider = new GlobusProvider();
        ProviderData globus = provider.describe(null, null);
        Client authClient = provider.client(System.getenv("CLIENT_ID"), Secret.of(System.getenv("CLIENT_SECRET")));
        Scopes scopes = Scopes.of("urn:globus:auth:scope:transfer.api.globus.org:all");
        TokenStorage myFileAdapter = TokenStorages.open("json1:~/mymachinetokens.json");

        try (Evergrant evergrant = Evergrant.open(myFileAdapter, EvergrantSettings.defaults())) {
            if (!myFileAdapter.exists()) {
                LoginResult tokenResponse = ClientCredentialsLogin.run(
                        LoginRequest.of(provider, globus, authClient, scopes),
                        new Wire(evergrant.http(), InstantSource.system()));
                evergrant.keep("DEFAULT", tokenResponse, false);
            }
            TokenData tokens =
                    myFileAdapter.read("DEFAULT", "transfer.api.globus.org").orElseThrow();

            // The same by client credentials.
            RenewingAuthorizer authorizer = RenewingAuthorizer.open(
                    LooseTokens.ofClientCredentials(globus, authClient, "transfer.api.globus.org", scopes)
                            .with(tokens.accessToken(), tokens.expiry().end().orElse(null)),
                    myFileAdapter,
                    "DEFAULT",
                    null,
                    evergrant.settings());

            try (authorizer) {
                TransferClient tc = TransferClient.of(globus, evergrant.http(), authorizer);
                System.out.println(
                        tc.endpointNamed("Globus Tutorial Collection 1").id());
            }
        }
    }
}
