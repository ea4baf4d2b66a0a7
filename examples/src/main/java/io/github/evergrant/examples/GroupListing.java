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
import io.github.evergrant.session.Session;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;

/** The group listing with token storage: a session in a file of format 2.0, three columns. */
public final class GroupListing {

    private static final String CLIENT_ID = "61338d24-54d5-408f-a10d-66c06b59f6d2"; // of the tutorial

    private GroupListing() {}

    public static void main(String... arguments) {
        GlobusProvider provider = new GlobusProvider();
        ProviderData globus = provider.describe(null, null);
        Client authClient = Client.open(CLIENT_ID);
        try (Evergrant evergrant = Evergrant.open("json:~/.list-my-globus-groups-tokens.json")) {
            if (!evergrant.storage().exists()) {
                PasteLogin login = PasteLogin.start(
                        LoginRequest.of(provider, globus, authClient, GlobusService.GROUPS.scopes()),
                        new Wire(evergrant.http(), InstantSource.system()));
                System.out.println("Please go to this URL and login:\n\n" + login.authorizationUrl() + "\n");
                System.out.print("Please enter the code here: ");
                LoginResult tokenResponse = login.finish(new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
                evergrant.keep("DEFAULT", tokenResponse, false);
            }

            Optional<TokenData> tokenData = evergrant.storage().read("DEFAULT", GlobusService.GROUPS.resourceServer());
            if (tokenData.flatMap(TokenData::refresh).isEmpty()) {
                System.err.println("There is no refresh token for Globus Groups in "
                        + evergrant.storage().address() + ". Delete it, and run this again to log in.");
                System.exit(1);
            }

            // A file that a Python program made does not say which client its tokens belong to; we do.
            Session session = evergrant.adopt("DEFAULT", globus, authClient, LoginResult.Kind.REFRESH_TOKEN);
            GroupsClient groupsClient = GroupsClient.of(
                    globus, evergrant.http(), session.authorizer(GlobusService.GROUPS.resourceServer()));

            List<Group> myGroups = groupsClient.myGroups();
            System.out.println("ID,Name,Roles");
            for (Group group : myGroups) {
                String roles = String.join("|", group.roles());
                System.out.println(group.id() + ",\"" + group.name() + "\"," + roles);
            }
        }
    }
}
