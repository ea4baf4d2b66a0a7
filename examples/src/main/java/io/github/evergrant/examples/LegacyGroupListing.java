package io.github.evergrant.examples;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Scanner;

/** The group listing with token storage as it was for the adapters: tokens in format 1.0, five columns. */
public final class LegacyGroupListing {

    private static final String CLIENT_ID = "61338d24-54d5-408f-a10d-66c06b59f6d2"; // of the tutorial

    private static final GlobusProvider PROVIDER = new GlobusProvider();
    private static final ProviderData GLOBUS = PROVIDER.describe(null, null);
    private static final Client AUTH_CLIENT = Client.open(CLIENT_ID);

    private LegacyGroupListing() {}

    public static void main(String... arguments) {
        try (Evergrant evergrant = Evergrant.open("json1:~/.list-my-globus-groups-tokens.json")) {
            TokenStorage myFileAdapter = evergrant.storage();
            TokenData tokens;
            if (!myFileAdapter.exists()) {
                LoginResult response = doLoginFlow(evergrant);
                evergrant.keep("DEFAULT", response, false);
                tokens = Objects.requireNonNull(
                        response.response().byResourceServer().get(GlobusService.GROUPS.resourceServer()));
            } else {
                tokens = myFileAdapter
                        .read("DEFAULT", GlobusService.GROUPS.resourceServer())
                        .orElseThrow();
            }

            try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(
                    LooseTokens.ofRefreshToken(
                                    GLOBUS,
                                    AUTH_CLIENT,
                                    GlobusService.GROUPS.resourceServer(),
                                    tokens.refresh().orElseThrow())
                            .with(tokens.accessToken(), tokens.expiry().end().orElse(null)),
                    myFileAdapter,
                    "DEFAULT",
                    null,
                    evergrant.settings())) {
                print(GroupsClient.of(GLOBUS, evergrant.http(), authorizer));
            }
        }
    }

    private static LoginResult doLoginFlow(Evergrant evergrant) {
        PasteLogin login = PasteLogin.start(
                LoginRequest.of(PROVIDER, GLOBUS, AUTH_CLIENT, GlobusService.GROUPS.scopes()),
                new Wire(evergrant.http(), InstantSource.system()));
        System.out.println("Please go to this URL and login:\n\n" + login.authorizationUrl() + "\n");
        System.out.print("Please enter the code here: ");
        return login.finish(new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
    }

    /** As comma-separated values; no name is quoted, so that one with a comma breaks its line. */
    private static void print(GroupsClient groupsClient) {
        System.out.println("ID,Name,Type,Session Enforcement,Roles");
        for (Group group : groupsClient.myGroups()) {
            String sessionEnforcement = group.enforceSession() ? "strict" : "not strict";
            String roles = String.join(",", group.roles());
            System.out.println(String.join(",", group.id(), group.name(), group.type(), sessionEnforcement, roles));
        }
    }
}
