package io.github.evergrant.examples;

import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.storage.TokenStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Scanner;

/** Several logins in one SQLite database, each in a namespace named on the command line, with settings of the program beside it. */
public final class Profiles {

    private static final String CLIENT_ID = "61338d24-54d5-408f-a10d-66c06b59f6d2"; // of the tutorial

    private Profiles() {}

    public static void main(String... arguments) {
        String profile = arguments[0];
        GlobusProvider globus = new GlobusProvider();
        try (Evergrant evergrant = Evergrant.open("sqlite:~/myprofiles.db")) {
            TokenStorage storage = evergrant.storage();
            if (!storage.holds(profile)) {
                PasteLogin login = PasteLogin.start(
                        LoginRequest.of(
                                globus,
                                globus.describe(null, null),
                                Client.open(CLIENT_ID),
                                GlobusService.TRANSFER.scopes()),
                        new Wire(evergrant.http(), InstantSource.system()));
                System.out.println("Please go to this URL and login:\n\n" + login.authorizationUrl() + "\n");
                System.out.print("Please enter the code here: ");
                evergrant.keep(profile, login.finish(new Scanner(System.in, StandardCharsets.UTF_8).nextLine()), false);
                storage.storeConfiguration(
                        profile, "made", Map.of("at", Instant.now().toString()));
            }
            for (String each : storage.namespaces()) {
                System.out.println(each + ", made at "
                        + storage.configuration(each, "made").orElseThrow().get("at") + ", for "
                        + storage.read(each).keySet());
            }
        }
    }
}
