package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpCall;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every request that was captured of agavepy, beside the one that we send in its place. */
final class CapturedRequestsTest {

    private static final String OLD = "py-0.8-0.9/wire/";
    private static final String NEW = "py-1.0/wire/";
    private static final AgaveUser ADA = new AgaveUser("ada", Secret.of("s3cret pass&word"));

    /** What is sent by no call of ours, and why. */
    private static final Map<String, String> NOT_SENT = Map.of(
            NEW + "t-resource-style-04", "one client is looked for in the list of all",
            NEW + "t-resource-style-07", "no session's method of agavepy ends a subscription");

    /** Compares a captured request with ours. */
    private interface Comparison {
        void of(Captured theirs, HttpCall ours);
    }

    private final Set<String> compared = new TreeSet<>();

    /** Lets our call be answered as theirs was, and compares the two requests. */
    private void compare(String name, Comparison comparison, Consumer<Recorder> call) {
        Recorder recorder = new Recorder().reply(200, Captured.reply(name));
        call.accept(recorder);
        comparison.of(Captured.request(name), recorder.only());
        compared.add(name);
    }

    private static Client client(int number) {
        return Client.confidentialUnencoded("key-000" + number, Secret.of("sec-000" + number));
    }

    private static LoginRequest by(Recorder recorder, int number) {
        return LoginRequest.of(recorder.agave, recorder.data, client(number), Scopes.NONE);
    }

    private static AgaveClients clients(Recorder recorder) {
        return new AgaveClients(recorder.data, ADA, recorder);
    }

    @Test
    void each_is_compared_with_ours() throws Exception {
        tenantsAndClients();
        tokens();
        refusedTokens("json");
        refusedTokens("xml");
        resourceStyle();

        Set<String> captured = captured();
        assertThat(captured).hasSizeGreaterThan(20);
        Set<String> expected = new TreeSet<>(captured);
        expected.removeAll(NOT_SENT.keySet());
        assertThat(compared).isEqualTo(expected);
        assertThat(captured).containsAll(NOT_SENT.keySet());
    }

    private void tenantsAndClients() {
        compare(
                OLD + "a-init-create-token-01",
                Captured::isSentBy,
                it -> new AgaveTenants(it, URI.create(Recorder.BASE + "/tenants")).list());
        compare(
                OLD + "a-init-create-token-02",
                Captured::isSentBy,
                it -> clients(it).create("my_super_cool_client", "made for a test"));
        compare(
                NEW + "p7-clients-create-01",
                Captured::isSentBy,
                it -> clients(it).create("hostname-tidy-otter", null));
        compare(
                OLD + "h-subscribe-subscriptions-delete-01",
                Captured::isSentBy,
                it -> clients(it).subscribe("client-name", new Subscription("PublicKeys", "v2", "admin")));
        compare(
                OLD + "h-subscribe-subscriptions-delete-02",
                Captured::isSentBy,
                it -> clients(it).subscriptions("client-name"));
        for (String number : new String[] {"03", "04"}) {
            String name = OLD + "h-subscribe-subscriptions-delete-" + number;
            String path = Captured.request(name).target();
            compare(name, Captured::isSentBy, it -> clients(it).delete(path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    private void tokens() {
        compare(
                OLD + "a-init-create-token-03",
                Captured::isMeantBy,
                it -> AgaveLogin.password(by(it, 1), ADA, it.wire()));
        for (String name : new String[] {OLD + "n-constructor-create-01", NEW + "p1-constructor-create-01"}) {
            compare(name, Captured::isSentBy, it -> AgaveLogin.password(by(it, 1), ADA, it.wire()));
        }
        compare(
                OLD + "n2-constructor-impersonate-01",
                Captured::isSentBy,
                it -> AgaveLogin.impersonate(
                        by(it, 1), new AgaveUser("admin", Secret.of("s3cret pass&word")), "ada", it.wire()));
        compare(
                OLD + "c-refresh-01",
                Captured::isSentBy,
                it -> RefreshTokenLogin.run(by(it, 1), Secret.of("ref-0001"), it.wire()));
        compare(
                OLD + "m-restore-refresh-01",
                Captured::isMeantBy,
                it -> RefreshTokenLogin.run(by(it, 1), Secret.of("ref-old"), it.wire()));
        compare(
                NEW + "p3-refresh-01",
                Captured::isMeantBy,
                it -> RefreshTokenLogin.run(by(it, 3), Secret.of("ref-0003"), it.wire()));
    }

    /** A call is refused, the token renewed, and the call sent once more. */
    private void refusedTokens(String kind) throws Exception {
        String name = NEW + "s-auto-refresh-" + kind + "-0";
        Recorder recorder = new Recorder()
                .reply(401, Captured.reply(name + 1))
                .reply(200, Captured.reply(name + 2))
                .reply(200, Captured.text("samples/profiles-me-200.json"));
        try (Evergrant door = recorder.door()) {
            TokenData old = new TokenData(
                    "agave",
                    Secret.of("old"),
                    Secret.of("ref-old"),
                    "Bearer",
                    Scopes.NONE,
                    Expiry.at(recorder.now.plusSeconds(14400)),
                    "ada",
                    Map.of());
            LoginResult login = new LoginResult(
                    recorder.data,
                    client(1),
                    new Account("ada", "ada"),
                    TokenResponse.of(recorder.now, old),
                    LoginResult.Kind.REFRESH_TOKEN,
                    Scopes.NONE);
            new AgaveApi(
                            recorder.data,
                            recorder,
                            door.keep("tour", login, false).authorizer())
                    .me();
        }
        assertThat(recorder.sent).hasSize(3);
        Captured.request(name + 1).isSentBy(recorder.sent.get(0));
        Captured.request(name + 2).isMeantBy(recorder.sent.get(1));
        Captured.request(name + 3).isSentBy(recorder.sent.get(2));
        compared.addAll(Set.of(name + 1, name + 2, name + 3));
    }

    /** The generated methods send JSON to an address with a slash at its end, and mean the same. */
    private void resourceStyle() {
        String name = NEW + "t-resource-style-0";
        Comparison same = CapturedRequestsTest::isSameInJson;
        compare(name + 1, same, it -> clients(it).create("via-resource", "d"));
        compare(name + 2, Captured::isSentBy, it -> AgaveLogin.password(by(it, 1), ADA, it.wire()));
        compare(name + 3, same, it -> clients(it).list());
        compare(
                name + 5,
                same,
                it -> clients(it).subscribe("via-resource", new Subscription("PublicKeys", "v2", "admin")));
        compare(name + 6, same, it -> clients(it).subscriptions("via-resource"));
        compare(name + 8, same, it -> clients(it).delete("via-resource"));
    }

    private static void isSameInJson(Captured theirs, HttpCall ours) {
        assertThat(ours.method()).isEqualTo(theirs.message().method());
        assertThat(ours.uri()).hasToString(Recorder.BASE + theirs.target().replaceFirst("/$", ""));
        assertThat(ours.headers())
                .containsEntry("Authorization", theirs.message().headers().get("Authorization"));
        String body = new String(ours.body(), StandardCharsets.UTF_8);
        if (theirs.body().isBlank()) {
            assertThat(body).isEmpty();
            return;
        }
        Map<String, String> fields = new TreeMap<>();
        try {
            HostileJson.read(theirs.body())
                    .object()
                    .forEach((field, value) -> fields.put(field, String.valueOf(value)));
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
        assertThat(Captured.form(body)).containsAllEntriesOf(fields);
    }

    private static Set<String> captured() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(CapturedRequestsTest.class.getResource("/golden/agave"))
                .toURI());
        try (Stream<Path> all = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            all.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".request.txt"))
                    .forEach(file -> names.add(file.replace(".request.txt", "")));
            return names;
        }
    }
}
