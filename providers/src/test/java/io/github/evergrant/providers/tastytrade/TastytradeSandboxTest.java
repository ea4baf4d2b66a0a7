package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library and the sandbox, which knows the protocol from the notes alone. */
final class TastytradeSandboxTest {

    @TempDir
    private Path folder;

    private final TastytradePlay play = new TastytradePlay();
    private final List<Evergrant> doors = new ArrayList<>();

    @AfterEach
    void close() {
        doors.forEach(Evergrant::close);
        play.close();
    }

    private Evergrant door() {
        Evergrant door = Evergrant.open(
                "json:" + folder.resolve("sessions.json"),
                EvergrantSettings.defaults().withRefreshAhead(false).withPatience(Duration.ofSeconds(60)));
        doors.add(door);
        return door;
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "certification"})
    void from_a_grant_to_the_accounts_and_by_another_program_on(String environment) {
        door().keep("tt", play.oauthLogin(environment), false);
        play.expire();

        TastytradeSession session = play.session(door().session("tt"));
        assertThat(session.environment()).isEqualTo(environment);
        assertThat(session.customer().email()).contains("demo@example.org");
        assertThat(Accounts.get(session)).hasSize(1);
        assertThat(Accounts.get(session, true)).hasSize(2);
        String number = Accounts.get(session).get(0).number();
        assertThat(number).startsWith(environment.equals("production") ? "5WX" : "5WT");
        assertThat(Accounts.get(session, number).typeName()).contains("Individual");
        assertThat(session.quoteToken().assumed()).isEqualTo(session.isTest());
        assertThat(session.validate()).isTrue();
        session.refresh();
        assertThat(session.validate()).isTrue();
        // The login, the reading after the end, and the one that was asked for.
        assertThat(play.requests("token.refresh")).isEqualTo(3);
    }

    @Test
    @DisplayName("tastytrade 16: every request says what sent it")
    void every_request_says_what_sent_it() {
        TastytradeSession session = play.session(door().keep("tt", play.passwordLogin("demo", null), false));
        session.customer();
        session.refresh();
        play.session(door().keep("o", play.oauthLogin("production"), false)).quoteToken();

        assertThat(play.agents())
                .hasSize(5)
                .allSatisfy(agents ->
                        assertThat((List<?>) agents).singleElement().asString().matches("[^/\\s]+/[^/\\s]+"));
    }

    @Test
    @DisplayName("tastytrade 19: a remember token that was spent is in the store no more")
    void a_remember_token_that_was_spent_is_in_the_store_no_more() throws IOException {
        Session session = door().keep("tt", play.passwordLogin("demo", null), false);
        String spent = remembered(session);

        session.renewNow();

        assertThat(remembered(session)).isNotEqualTo(spent);
        assertThat(Files.readString(folder.resolve("sessions.json")))
                .doesNotContain(spent)
                .contains(remembered(session));
        TastytradeSession again = play.session(door().session("tt"));
        assertThat(again.customer().email()).contains("demo@example.org");
        again.refresh();
        assertThat(play.requests("sessions.remember")).isEqualTo(2);
    }

    private static String remembered(Session session) {
        return session.standing().records().values().stream()
                .flatMap(entry -> entry.data().refresh().stream())
                .map(Secret::reveal)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions.remember", "token.refresh"})
    @DisplayName("tastytrade 20, 45: of many that need a successor at once, one asks for it")
    void of_many_that_need_a_successor_at_once_one_asks_for_it(String kind) throws Exception {
        boolean password = kind.equals("sessions.remember");
        door().keep("tt", password ? play.passwordLogin("demo", null) : play.oauthLogin("production"), false);
        int before = play.requests(kind);
        String refused = String.valueOf(door().session("tt").authorizer().header());
        play.expire();
        List<Session> programs = List.of(door().session("tt"), door().session("tt"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch gate = new CountDownLatch(1);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Session mine = programs.get(i % 2);
                all.add(threads.submit(() -> {
                    gate.await();
                    assertThat(mine.authorizer().renewAfterRefusal(refused)).isTrue();
                    return String.valueOf(mine.authorizer().header());
                }));
            }
            gate.countDown();
            Set<String> got = new HashSet<>();
            for (Future<String> each : all) {
                got.add(each.get());
            }
            assertThat(got).hasSize(1).doesNotContain(refused);
            assertThat(got.iterator().next().startsWith("Bearer ")).isEqualTo(!password);
        } finally {
            threads.shutdownNow();
        }
        assertThat(play.requests(kind)).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("tastytrade 24: a remember token whose answer was lost ends the session, and nobody asks for ever")
    void a_remember_token_whose_answer_was_lost_ends_the_session() {
        door().keep("tt", play.passwordLogin("demo", null), false);
        play.loseAnswer("sessions.remember");
        assertThatThrownBy(door().session("tt")::renewNow).isInstanceOf(LoginRequired.class);
        int asked = play.requests("sessions.remember");

        assertThatThrownBy(door().session("tt")::renewNow)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("refresh_token_refused"));

        // The one that was answered, and once more since no answer came: the no to that is believed.
        assertThat(asked).isEqualTo(2);
        assertThat(play.requests("sessions.remember")).isEqualTo(asked);
    }

    @Test
    void a_logout_ends_the_session_there() {
        TastytradeSession session = play.session(door().keep("tt", play.passwordLogin("demo", null), false));
        assertThat(session.validate()).isTrue();

        assertThat(session.destroy().orElseThrow()).startsWith("its remember token");

        assertThat(play.requests("sessions.destroy")).isEqualTo(1);
        assertThat(door().sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 26, 28: challenges are answered by a person, who is asked for a code twice at most")
    void challenges_are_answered_by_a_person() {
        Answering traveller = new Answering("654321", " 123 456 ");
        assertThat(play.passwordLogin("traveller", traveller).account().username())
                .isEqualTo("traveller");
        assertThat(traveller.asked).containsExactly("code ********1234", "code ********1234 again");

        Answering forgetful = new Answering("123456");
        play.passwordLogin("forgetful", forgetful);
        assertThat(forgetful.asked).containsExactly("What is your favourite colour?", "code ********1234");

        Answering other = new Answering("1", "2", "123456");
        assertThatThrownBy(() -> play.passwordLogin("other", other))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("one_time_code_refused"));
        assertThat(other.asked).containsExactly("code null", "code null again");
    }

    @Test
    void an_answer_that_is_not_taken_is_a_no() {
        ChallengeAnswers wrong = new ChallengeAnswers() {
            @Override
            public @Nullable String code(@Nullable String sentTo, boolean again) {
                throw new AssertionError("no code was sent");
            }

            @Override
            public String answer(String question) {
                return "green";
            }
        };
        assertThatThrownBy(() -> play.passwordLogin("forgetful", wrong))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("answer_refused"));
        assertThat(play.requests("device_challenge")).isEqualTo(2);
    }

    @Test
    void nobody_there_to_be_asked_is_said() {
        for (String name : List.of("other", "traveller")) {
            assertThatThrownBy(() -> play.passwordLogin(name, null))
                    .isInstanceOfSatisfying(
                            ProviderRefused.class,
                            e -> assertThat(e.code()).isIn("one_time_code_needed", "device_challenge_required"));
        }
        assertThat(play.requests("device_challenge")).isZero();
    }

    @Test
    void bad_input_is_said() {
        assertThatThrownBy(() -> play.passwordLogin("nobody", null))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_credentials"));
        assertThatThrownBy(() -> TastytradeLogin.oauth(
                        play.oauth("production"), Secret.of("wrong"), Secret.of("a.b.c"), play.wire()))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_client"));
    }
}
