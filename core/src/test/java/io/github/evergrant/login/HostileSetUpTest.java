package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever else comes to a listener that asks for a client changes nothing, ends nothing and learns nothing. */
final class HostileSetUpTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";
    private static final HostileTable TABLE = new HostileTable("hostile-set-up");

    private final LoginFixture fixture = new LoginFixture();

    static List<Hostility.Case> cases() {
        return Hostility.withForm();
    }

    @Test
    void there_are_enough_of_them() {
        assertThat(cases()).hasSizeGreaterThan(130);
        assertThat(cases().stream().map(Hostility.Case::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("tastytrade 82, tastytrade 94: the form that the person sent and their own answer still win")
    void the_persons_form_and_answer_still_win_after(Hostility.Case hostile) {
        String former = former();
        try (SetUpVisit visit = new SetUpVisit(fixture, "/callback/registered")) {
            String token = visit.token();
            String state = visit.asked(visit.send("own-client", "own-secret")).getOrDefault("state", "");
            Visitor visitor = new Visitor(visit.login.redirect().getPort());
            Hostility.Target target = new Hostility.Target(
                    visitor,
                    visit.host,
                    visit.login.redirect().getPort(),
                    visit.login.redirect().getRawPath(),
                    state,
                    former,
                    visit.entrance(),
                    token);
            HostileTable.Row row = TABLE.row(hostile, target);

            Visitor.Reply reply = hostile.attempt().apply(target);

            row.answered(visitor.sent(), reply.status());
            assertThat(hostile.expected()).as(reply.text()).contains(reply.status());
            assertThat(reply.text())
                    .doesNotContain(
                            state,
                            former,
                            token,
                            visit.entrance(),
                            "Paper",
                            "stolen-",
                            "own-",
                            "<script",
                            "/result/",
                            "Location",
                            "Allow-Origin");
            assertThat(fixture.sender.calls()).isEmpty();

            Visitor.Reply real = visit.comeBack("?code=real-code&state=" + state);
            fixture.sender.reply(200, TOKENS);
            visit.login.finish(Duration.ofSeconds(20), done -> "Signed in to Paper. Session a is saved.");

            assertThat(visit.result(real).body()).contains("Signed in to Paper. Session a is saved.");
            assertThat(fixture.sender.calls()).hasSize(1);
            assertThat(fixture.form(0))
                    .containsAllEntriesOf(
                            Map.of("code", "real-code", "client_id", "own-client", "client_secret", "own-secret"));
            row.held();
        }
    }

    @AfterAll
    static void print() throws IOException {
        TABLE.print(cases().size());
    }

    private String former() {
        try (SetUpVisit former = new SetUpVisit(fixture, "/callback/registered")) {
            return former.asked(former.send("former", "secret")).getOrDefault("state", "");
        }
    }
}
