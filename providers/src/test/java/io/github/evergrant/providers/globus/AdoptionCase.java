package io.github.evergrant.providers.globus;

import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.adopted.Adoptions;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session that another program began, with a token of the sandbox, and a door that can adopt it. */
abstract class AdoptionCase {

    final PlayedGlobus globus = new PlayedGlobus();
    final Origin origin = new Origin(
            globus.data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Account.UNKNOWN, LoginResult.Kind.REFRESH_TOKEN);

    @TempDir
    Path folder;

    /** Theirs. */
    Path file;

    TokenStorage foreign;
    Evergrant door;

    @BeforeEach
    void open() throws Exception {
        door = door();
        file = Files.createDirectory(folder.resolve("theirs")).resolve("tokens.json");
        TokenStorage writer = TokenStorages.open("json:" + file);
        TokenData token = globus.login("demo").response().first();
        writer.replace("DEFAULT", Map.of(), Map.of(PlayedGlobus.GROUPS, token));
        Files.writeString(file, Files.readString(file).replaceAll("\"evergrant-[^\"]*\"", "\"4.9.0\""));
        Files.delete(folder.resolve("theirs/tokens.json.lock"));
        foreign = TokenStorages.open("json:" + file);
    }

    @AfterEach
    void close() {
        door.close();
        globus.close();
    }

    /** A door to the same sessions, as another process has one. */
    final Evergrant door() {
        return Evergrant.open(
                AdoptingTokenStorage.over(
                        TokenStorages.open("json:" + folder.resolve("sessions.json")),
                        Adoptions.in(folder.resolve("adopted.json"), StorageOptions.DEFAULT),
                        StorageOptions.DEFAULT),
                EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5)));
    }

    final Session adopt(String name, @Nullable Origin known) {
        return door.adoptFrom(foreign, "DEFAULT", name, known);
    }

    /** The access token that is stored where the session is kept. */
    final String stored() {
        return foreign.read("DEFAULT", PlayedGlobus.GROUPS)
                .orElseThrow()
                .accessToken()
                .reveal();
    }
}
