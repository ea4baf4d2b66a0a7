package io.github.evergrant.providers.globus.app;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A store, a door, and a person who signs in when asked. What Globus knows is forgotten in the end. */
final class AppStage implements AutoCloseable {

    static final Client PUBLIC = GlobusProvider.SANDBOX_PUBLIC_CLIENT;
    static final Client CONFIDENTIAL = GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT;
    static final AppSettings GROUPS = AppSettings.defaults().requiring(PlayedGlobus.GROUPS, PlayedGlobus.MY_GROUPS);

    final PlayedGlobus globus;
    final List<URI> shown = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);
    private final String address;
    private Evergrant door;

    /** Who signs in when somebody has to. */
    volatile String who = "demo";

    AppStage(Path folder, PlayedGlobus globus) {
        this.globus = globus;
        address = "json:" + folder.resolve("sessions.json");
        door = open();
    }

    Evergrant door() {
        return door;
    }

    /** As the next start of the program. */
    void reopen() {
        door.close();
        door = open();
    }

    private Evergrant open() {
        return Evergrant.open(
                address,
                EvergrantSettings.defaults()
                        .withClock(clock)
                        .withPatience(Duration.ofSeconds(20))
                        .withRefreshAhead(false));
    }

    LoginWay person() {
        return PasteLogin.asking(null, address -> {
            shown.add(address);
            return globus.signIn(address, who);
        });
    }

    GlobusApp app(AppSettings settings) {
        return GlobusApp.ofPerson(door, "app", globus.data, PUBLIC, person(), settings);
    }

    GlobusApp machine(AppSettings settings) {
        return GlobusApp.ofClient(door, "machine", globus.data, CONFIDENTIAL, settings);
    }

    List<Group> groups(GlobusApp app) {
        return new GroupsClient(app.client(GlobusService.GROUPS)).myGroups();
    }

    static String header(Authorizer authorizer) {
        return String.valueOf(authorizer.header());
    }

    TokenData stored(String resourceServer) {
        return door.storage().read("app", resourceServer).orElseThrow();
    }

    Secret access(String resourceServer) {
        return stored(resourceServer).accessToken();
    }

    /** So long that every access token has ended, here and there. */
    void waitForTheEnd() {
        ahead = ahead.plus(Duration.ofMinutes(16));
        globus.expire();
    }

    /** What the last login asked for. */
    Map<String, String> asked() {
        URI address = shown.get(shown.size() - 1);
        return Arrays.stream(address.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        door.close();
        globus.reset();
    }
}
