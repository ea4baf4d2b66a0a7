package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever else comes to the listener of a login changes nothing, ends nothing and learns nothing. */
final class HostileCallbackTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";
    private static final HostileTable TABLE = new HostileTable("hostile-callbacks");

    private final LoginFixture fixture = new LoginFixture();

    static List<Hostility.Case> cases() {
        return Hostility.all();
    }

    @Test
    void there_are_enough_of_them() {
        assertThat(cases()).hasSizeGreaterThan(100);
        assertThat(cases().stream().map(Hostility.Case::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_real_answer_still_wins_after(Hostility.Case hostile) {
        String former = state(formerLogin());
        try (BrowserLogin login = BrowserLogin.start(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire)) {
            URI redirect = login.redirect();
            String state = state(login.authorizationUrl());
            Visitor visitor = new Visitor(redirect.getPort());

            Hostility.Target target = new Hostility.Target(
                    visitor, redirect.getRawAuthority(), redirect.getPort(), redirect.getRawPath(), state, former);
            HostileTable.Row row = TABLE.row(hostile, target);

            Visitor.Reply reply = hostile.attempt().apply(target);

            row.answered(visitor.sent(), reply.status());
            assertThat(hostile.expected()).as(reply.text()).contains(reply.status());
            assertThat(reply.text())
                    .doesNotContain(
                            state, former, "Paper", "stolen-code", "<script", "/result/", "Location", "Allow-Origin");
            assertThat(fixture.sender.calls()).isEmpty();

            Visitor.Reply real = visitor.go(URI.create(redirect + "?code=real-code&state=" + state));
            assertThat(real.status()).as(real.text()).isEqualTo(303);
            fixture.sender.reply(200, TOKENS);
            LoginResult result =
                    login.finish(Duration.ofSeconds(20), done -> "Signed in to Paper. Session a is saved.");
            Visitor.Reply page = visitor.get(redirect.getRawAuthority(), real.header("Location"));

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("Signed in to Paper. Session a is saved.");
            assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R"));
            assertThat(fixture.sender.calls()).hasSize(1);
            assertThat(fixture.form(0)).containsAllEntriesOf(Map.of("code", "real-code"));
            row.held();
        }
    }

    @AfterAll
    static void print() throws IOException {
        TABLE.print(cases().size());
    }

    private URI formerLogin() {
        try (BrowserLogin former = BrowserLogin.start(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire)) {
            return former.authorizationUrl();
        }
    }

    private static String state(URI authorizationUrl) {
        return LoginFixture.form(authorizationUrl.getRawQuery()).getOrDefault("state", "");
    }
}
