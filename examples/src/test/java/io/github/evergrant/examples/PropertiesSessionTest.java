package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Scopes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that lives in a properties file: logged in, renewed, ended. */
final class PropertiesSessionTest {

    private static final String GROUPS = "groups.api.globus.org";
    private static final Scopes SCOPES =
            Scopes.of("urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships");

    @TempDir
    private Path folder;

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Evergrant open() {
        return Evergrant.open("properties:" + folder.resolve("sessions.properties"));
    }

    /** What a person gets who logs in: a token reply. */
    private LoginResult login(Evergrant door) throws HttpFailure {
        HttpCall grant = new HttpCall(
                "POST",
                sandbox.base().resolve("/_sandbox/grant"),
                Map.of("Content-Type", "application/json"),
                ("{\"dialect\":\"globus\",\"scopes\":[\"" + SCOPES.text() + "\"]}").getBytes(StandardCharsets.UTF_8));
        String reply = door.http().send(grant, Duration.ofSeconds(60), 1 << 20).text();
        GlobusProvider globus = new GlobusProvider(Map.of());
        ProviderData here = globus.describe(null, sandbox.base());
        return TokenReplyLogin.read(
                LoginRequest.of(globus, here, GlobusProvider.SANDBOX_PUBLIC_CLIENT, SCOPES),
                reply,
                InstantSource.system());
    }

    @Test
    void a_session_is_kept_renewed_and_ended_in_a_properties_file() throws Exception {
        String first;
        try (Evergrant door = open()) {
            Session session = door.keep("tour", login(door), false);
            first = session.token().value().reveal();
        }
        String second;
        try (Evergrant door = open()) {
            assertThat(door.sessions()).containsExactly("tour");
            Session session = door.session("tour");
            assertThat(session.token().value().reveal()).isEqualTo(first);
            session.renewNow();
            second = session.token().value().reveal();
            assertThat(second).isNotEqualTo(first);
            assertThat(door.storage()
                            .read("tour", GROUPS)
                            .orElseThrow()
                            .accessToken()
                            .reveal())
                    .isEqualTo(second);
        }
        assertThat(Files.readString(folder.resolve("sessions.properties"))).contains(second);
        try (Evergrant door = open()) {
            assertThat(door.session("tour").token().value().reveal()).isEqualTo(second);
            assertThat(door.session("tour").logout(false)).isEmpty();
            assertThatThrownBy(() -> door.session("tour")).isInstanceOf(LoginRequired.class);
        }
        assertThat(Files.readString(folder.resolve("sessions.properties"))).doesNotContain(second);
    }
}
