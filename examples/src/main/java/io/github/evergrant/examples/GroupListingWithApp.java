package io.github.evergrant.examples;

import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.app.AppSettings;
import io.github.evergrant.providers.globus.app.GlobusApp;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.session.Evergrant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;

/** The group listing of {@link GroupListing} by an app, which logs in whenever that is needed: also once Globus ended the login. */
public final class GroupListingWithApp {

    private static final String CLIENT_ID = "61338d24-54d5-408f-a10d-66c06b59f6d2"; // of the tutorial

    private GroupListingWithApp() {}

    public static void main(String... arguments) {
        Scanner input = new Scanner(System.in, StandardCharsets.UTF_8);
        LoginWay paste = PasteLogin.asking(null, url -> {
            System.out.println("Please go to this URL and login:\n\n" + url + "\n");
            System.out.print("Please enter the code here: ");
            return input.nextLine();
        });
        ProviderData globus = new GlobusProvider().describe(null, null);
        try (Evergrant evergrant = Evergrant.open("json:~/.my-user-app.json")) {
            GlobusApp myApp = GlobusApp.ofPerson(
                    evergrant, "my-user-app", globus, Client.open(CLIENT_ID), paste, AppSettings.defaults());
            GroupsClient groupsClient = new GroupsClient(myApp.client(GlobusService.GROUPS));

            List<Group> myGroups = groupsClient.myGroups();
            System.out.println("ID,Name,Roles");
            for (Group group : myGroups) {
                String roles = String.join("|", group.roles());
                System.out.println(group.id() + ",\"" + group.name() + "\"," + roles);
            }
        }
    }
}
