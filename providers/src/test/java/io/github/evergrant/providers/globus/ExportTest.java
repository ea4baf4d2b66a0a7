package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Exported;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as other programs read them. */
final class ExportTest {

    private static final String REPLY = """
            {"access_token": "at-auth", "refresh_token": "rt-auth", "expires_in": 900, "token_type": "Bearer",
             "scope": "openid email", "resource_server": "auth.globus.org",
             "other_tokens": [{"access_token": "at-groups", "refresh_token": "rt-groups", "expires_in": 600,
               "token_type": "Bearer", "scope": "groups", "resource_server": "groups.api.globus.org"}]}""";

    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final ProviderData data = globus.describe(null, null);
    private final Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private Evergrant door;

    @BeforeEach
    void logIn() {
        door = Evergrant.open(
                "json:" + folder.resolve("sessions.json"),
                EvergrantSettings.defaults().withClock(() -> now));
        door.keep("tour", read(REPLY), false);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private LoginResult read(String reply) {
        return TokenReplyLogin.read(
                LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.NONE), reply, () -> now);
    }

    private Map<String, TokenData> stored() {
        return door.storage().read("tour");
    }

    @Test
    void a_token_reply_is_read_back_as_it_was() {
        Exported exported = door.export("tour", Exported.Format.TOKEN_RESPONSE, false);
        assertThat(exported.toString()).doesNotContain("at-auth");
        assertThat(exported.withoutRefreshTokens()).isFalse();
        door.keep("again", read(exported.text().reveal()), false);
        assertThat(door.storage().read("again")).isEqualTo(stored());
    }

    @Test
    void a_single_token_is_a_plain_reply() throws Exception {
        door.keep(
                "one",
                read(
                        "{\"access_token\": \"at\", \"token_type\": \"Bearer\", \"resource_server\": \"rs\", \"scope\": \"s\"}"),
                false);
        assertThat(HostileJson.read(door.export("one", Exported.Format.TOKEN_RESPONSE, false)
                                .text()
                                .reveal())
                        .object())
                .containsOnlyKeys("access_token", "token_type", "resource_server", "scope");
    }

    @Test
    void the_globus_formats_are_read_by_storages_of_them() throws Exception {
        for (Exported.Format format : new Exported.Format[] {Exported.Format.GLOBUS, Exported.Format.GLOBUS1}) {
            Path file = Files.writeString(
                    folder.resolve(format + ".json"),
                    door.export("tour", format, false).text().reveal());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String namespace = format == Exported.Format.GLOBUS ? "tour" : "DEFAULT";
            assertThat(TokenStorages.open("json:" + file).read(namespace)).isEqualTo(stored());
        }
        assertThat(door.export("tour", Exported.Format.GLOBUS1, false).text().reveal())
                .contains("\"format_version\": \"1.0\"", "\"by_rs\"");
    }

    @Test
    void refresh_tokens_that_rotate_are_left_out_unless_they_are_wanted() {
        Map<String, @Nullable Object> journal = door.storage().journal("tour").read();
        journal.put("rotates", true);
        door.storage().journal("tour").write(journal);
        Exported exported = door.export("tour", Exported.Format.GLOBUS, false);
        assertThat(exported.withoutRefreshTokens()).isTrue();
        assertThat(exported.text().reveal()).contains("at-groups").doesNotContain("rt-");
        Exported whole = door.export("tour", Exported.Format.GLOBUS, true);
        assertThat(whole.withoutRefreshTokens()).isFalse();
        assertThat(whole.text().reveal()).contains("rt-groups");
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> door.export("nobody", Exported.Format.GLOBUS, false))
                .isInstanceOf(LoginRequired.class);
    }
}
