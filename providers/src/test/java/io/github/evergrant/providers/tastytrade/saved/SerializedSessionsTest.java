package io.github.evergrant.providers.tastytrade.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.providers.tastytrade.PasswordOrder;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.storage.json.MalformedJson;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions as the Python releases serialize them. */
final class SerializedSessionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T21:30:00Z");
    private static final String PASSWORD = golden("v10.3.0/serialize-password-session/serialized.json");
    private static final String OAUTH = golden("v10.3.0/oauth-serialize/serialized.json");

    private static String golden(String name) {
        try (InputStream in = SerializedSessionsTest.class.getResourceAsStream("/golden/tastytrade/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SerializedSession read(String text) {
        return SerializedSessions.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, @Nullable Object> json(String text) {
        try {
            return Json.readObject(text);
        } catch (MalformedJson e) {
            throw new AssertionError(text, e);
        }
    }

    /** A part of what was observed, as the text it was. */
    private static String part(String golden, String name) {
        return Json.text(json(golden(golden)).get(name));
    }

    /** What comes of it when it is kept as a session, and serialized again from there. */
    private static SerializedSession kept(SerializedSession session) {
        EvergrantSettings settings = EvergrantSettings.defaults().withClock(InstantSource.fixed(NOW));
        try (Evergrant door = Evergrant.open(MemoryTokenStorage.create(), settings);
                MemoryTokenStorage source = MemoryTokenStorage.create()) {
            TokenData tokens = session.tokens();
            source.replace("tt", Map.of(), Map.of(tokens.resourceServer(), tokens));
            door.copyFrom(source, "tt", "tt", session.origin(null));
            Session there = door.session("tt");
            return SerializedSessions.of(
                    there.facts().orElseThrow(),
                    Objects.requireNonNull(there.standing().records().get("tastytrade"))
                            .data());
        }
    }

    @Test
    @DisplayName(
            "tastytrade 70, 71: what 10.3.0 serialized is written again byte for byte, also after it was kept here")
    void what_was_serialized_is_written_again() {
        for (String text : List.of(PASSWORD, OAUTH)) {
            assertThat(SerializedSessions.write10(read(text), NOW)).isEqualTo(text);
            assertThat(SerializedSessions.write10(kept(read(text)), NOW)).isEqualTo(text);
        }
    }

    @Test
    @DisplayName("tastytrade 70: a login by password that the library answered is written as the library did")
    void a_login_is_written_as_the_library_did() {
        LoginResult login = TastytradeLogin.password(
                new TastytradeProvider().describePassword(null, null),
                PasswordOrder.of("janedoe", Secret.of("pw")),
                null,
                new Wire(
                        (call, deadline, most) -> new HttpReply(
                                201,
                                Map.of(),
                                golden("v10.3.0/login-remember-me/login-remember-me-01.mock-response.http")
                                        .replaceFirst("(?s)^.*?\\r?\\n\\r?\\n", "")
                                        .getBytes(StandardCharsets.UTF_8),
                                NOW),
                        InstantSource.fixed(NOW)));
        EvergrantSettings settings = EvergrantSettings.defaults().withClock(InstantSource.fixed(NOW));
        try (Evergrant door = Evergrant.open(MemoryTokenStorage.create(), settings)) {
            Session session = door.keep("tt", login, false);
            TokenData tokens = login.response().first();
            Map<String, @Nullable Object> ours = json(SerializedSessions.write10(
                    SerializedSessions.of(session.facts().orElseThrow(), tokens), NOW));
            Map<String, @Nullable Object> theirs = json(PASSWORD);

            assertThat(ours.keySet()).containsExactlyElementsOf(theirs.keySet());
            for (String name : List.of("is_test", "proxy", "user", "session_token", "remember_token")) {
                assertThat(ours.get(name)).as(name).isEqualTo(theirs.get(name));
            }
            // No quote token was asked for: its end is now, so that Python asks.
            assertThat(ours)
                    .containsEntry("session_expiration", "2026-11-22 21:30:00+0000")
                    .containsEntry("streamer_token", null)
                    .containsEntry("streamer_expiration", "2026-11-21 21:30:00+0000");
        }
    }

    @Test
    @DisplayName("tastytrade 71: the form of 12 has seconds with a fraction, and reads its own")
    void the_form_of_12_reads_its_own() {
        // No capture of 12 is at hand; the keys are those of docs/protocols/tastytrade.md section 11.5.
        String text = SerializedSessions.write12(read(OAUTH));
        assertThat(text)
                .isEqualTo("{\"is_test\": false, \"provider_secret\": \"CLIENT-SECRET\", \"refresh_token\":"
                        + " \"REFRESH-TOKEN\", \"session_expiration\": 1795297139.0, \"session_token\": \"ACCESS-1\","
                        + " \"client_kwargs\": {}}");
        String never = text.replace("1795297139.0", "0.0").replace("ACCESS-1", "");
        String fraction = text.replace("139.0", "139.25").replace("{}", "{\"proxy\": \"http://u:p@h:1\"}");
        String paper = text.replace("1795297139.0", "Infinity");
        for (String each : List.of(text, never, fraction, paper)) {
            assertThat(SerializedSessions.write12(read(each))).isEqualTo(each);
            assertThat(SerializedSessions.write12(kept(read(each)))).isEqualTo(each);
        }
        assertThatThrownBy(() -> SerializedSessions.write12(read(PASSWORD)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("not_oauth"));
    }

    @Test
    @DisplayName("tastytrade 72: reading sends nothing, and keeps an ended session as it is")
    void reading_sends_nothing() {
        assertThat(json(golden("v10.3.0/deserialize-is-purely-local/observed.json")))
                .containsEntry("requests", 0L);
        EvergrantSettings settings = EvergrantSettings.defaults();
        SerializedSession session = read(OAUTH);
        try (Evergrant door = Evergrant.open(
                        MemoryTokenStorage.create(),
                        (call, deadline, most) -> {
                            throw new AssertionError("sent: " + call);
                        },
                        settings);
                MemoryTokenStorage source = MemoryTokenStorage.create()) {
            source.replace("tt", Map.of(), Map.of("tastytrade", session.tokens()));
            door.copyFrom(source, "tt", "tt", session.origin(null));
            assertThat(door.session("tt").expiresAt()).contains(Instant.parse("2026-11-21T21:38:59Z"));
        }
    }

    @Test
    @DisplayName("tastytrade 73: with a user the token goes bare, without one behind Bearer")
    void with_a_user_the_token_goes_bare() {
        assertThat(read(PASSWORD).tokens().access().header()).isEqualTo("SESS-1");
        assertThat(read(PASSWORD).account().identityId()).isEqualTo("jane.doe@example.com");
        assertThat(read(OAUTH).tokens().access().header()).isEqualTo("Bearer ACCESS-1");
        assertThat(read("{\"is_test\": true, \"session_token\": \"T\"}")
                        .tokens()
                        .access()
                        .header())
                .isEqualTo("Bearer T");
    }

    @ParameterizedTest
    @CsvSource({
        // of 9.10, as captured, and of 11.0.5
        "v9.10/login-default/observed.json,serialized,false,true,REMEMBER-1,",
        "v11.0.5/session-prod/observed.json,serialized,false,false,REFRESH-TOKEN,2026-11-21T21:40:37Z",
        "v11.0.5/session-cert/observed.json,ser,true,false,REFRESH-TOKEN,2026-11-21T21:40:37Z",
    })
    @DisplayName("tastytrade 74: the forms of other releases are read")
    void the_forms_of_other_releases_are_read(
            String file, String name, boolean test, boolean password, String refresh, @Nullable Instant end) {
        SerializedSession session = read(part(file, name));

        assertThat(session.test()).isEqualTo(test);
        assertThat(session.password()).isEqualTo(password);
        assertThat(session.refresh()).isEqualTo(Secret.of(refresh));
        assertThat(session.expiry().end().orElse(null)).isEqualTo(end);
        assertThat(session.other()).doesNotContainKey("headers");
        assertThat(SerializedSessions.isOne(part(file, name).getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    @DisplayName("tastytrade 74: the forms of 9.13, by the rule of section 11.5")
    void the_forms_of_9_13_are_read() {
        SerializedSession oauth = read("{\"is_test\": false, \"proxy\": null, \"provider_secret\": \"S\","
                + " \"refresh_token\": \"R\", \"expires_at\": 1763761137250.0, \"session_token\": \"T\"}");
        assertThat(oauth.expiry().end()).contains(Instant.ofEpochMilli(1763761137250L));
        SerializedSession password =
                read(PASSWORD.replaceFirst("\"streamer_expiration\": \"[^\"]+\"", "\"streamer_expiration\": null"));
        assertThat(password.expiry().end()).contains(Instant.parse("2026-11-22T21:30:00Z"));
        assertThat(SerializedSessions.write10(password, NOW))
                .contains("\"streamer_expiration\": \"2026-11-21 21:30:00+0000\"");
    }

    @Test
    @DisplayName("tastytrade 74: a text that was kept as a JSON string is read too")
    void a_text_within_a_text_is_read() {
        assertThat(SerializedSessions.write10(read(Json.text(PASSWORD)), NOW)).isEqualTo(PASSWORD);
    }

    @Test
    @DisplayName("tastytrade 75: times are written and read as Python does, and an hour that comes twice stays two")
    void times_are_written_and_read_as_python_does() throws MalformedJson {
        Object vectors = Json.read(golden("vectors/serialized-times.json").getBytes(StandardCharsets.UTF_8));
        int seen = 0;
        for (Object each : (List<?>) Objects.requireNonNull(vectors)) {
            Map<?, ?> vector = (Map<?, ?>) Objects.requireNonNull(each);
            String text = String.valueOf(vector.get("serialized"));
            boolean utc = text.endsWith("+0000");
            String session = (utc ? PASSWORD : OAUTH)
                    .replaceFirst("\"session_expiration\": \"[^\"]+\"", "\"session_expiration\": \"" + text + "\"");
            Instant end = OffsetDateTime.parse(String.valueOf(vector.get("reads_back_as")))
                    .toInstant();
            assertThat(read(session).expiry()).isEqualTo(Expiry.at(end));
            assertThat(SerializedSessions.write10(read(session), NOW)).isEqualTo(session);
            seen++;
        }
        assertThat(seen).isEqualTo(5);
    }

    @Test
    @DisplayName("tastytrade 76: a session that never ends is read")
    void a_session_that_never_ends_is_read() {
        String text = "{\"is_test\": false, \"provider_secret\": \"S\", \"refresh_token\": \"R\","
                + " \"session_expiration\": Infinity, \"session_token\": \"T\"}";
        assertThat(read(text).expiry()).isEqualTo(Expiry.never());
        assertThat(read(text.replace("Infinity", "1e300")).expiry()).isEqualTo(Expiry.never());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "5",
                "\"x\"",
                "{}",
                "{\"is_test\": 1, \"session_token\": \"T\"}",
                "{\"is_test\": false, \"session_token\": \"\"}",
                "{\"is_test\": false, \"session_token\": 5}",
                "{\"is_test\": false, \"session_token\": \"T\\n\"}",
                "{\"is_test\": false, \"session_token\": \"\\u0442\"}",
                "{\"is_test\": false, \"session_token\": \"T\", \"session_expiration\": \"soon\"}",
                "{\"is_test\": false, \"session_token\": \"T\", \"session_expiration\": NaN}",
                "{\"is_test\": false, \"session_token\": \"T\", \"session_expiration\": true}",
                "{\"is_test\": false, \"session_token\": \"T\", \"provider_secret\": {}}",
                "{\"is_test\": false, \"session_token\": \"T\"",
            })
    void what_is_none_is_refused_in_words(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isIn("session_malformed", "session_useless");
            assertThat(e.getMessage()).doesNotContain("T\n").isNotBlank();
        });
    }

    @Test
    void a_secret_may_have_any_letters() {
        String text = "{\"is_test\": false, \"provider_secret\": \"\\u043f\\u0430\\u0440\\u043e\\u043b\\u044c\","
                + " \"refresh_token\": \"R\", \"session_expiration\": 0.0, \"session_token\": \"\"}";
        SerializedSession session = read(text);
        assertThat(session.clientSecret()).isEqualTo(Secret.of("пароль"));
        assertThat(SerializedSessions.write12(session)).startsWith(text.substring(0, text.length() - 1));
        assertThat(session.toString()).doesNotContain("пароль", "R\"");
    }

    @Test
    void the_grant_of_the_command_line_is_read() {
        String text = "# mine\n[quotes]\nclient_secret = no\n[general]\nClient_Secret = se=cr:et\nrefresh_token: a%%b\n"
                + "; default-account = 5\n\n[other]\nrefresh_token = no\n";
        SerializedSession grant = CommandLineGrant.read(text.replace("\n", "\r\n"));
        assertThat(grant.clientSecret()).isEqualTo(Secret.of("se=cr:et"));
        assertThat(grant.refresh()).isEqualTo(Secret.of("a%b"));
        assertThat(grant.tokens().expiry().end()).contains(Instant.ofEpochSecond(1));
        for (String bad :
                List.of("", "[general]\nusername = a\npassword = b\n", "client_secret = a\nrefresh_token = b")) {
            assertThatThrownBy(() -> CommandLineGrant.read(bad))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("session_malformed"));
        }
    }
}
