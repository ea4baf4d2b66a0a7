package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.session.Evergrant;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a session by password can do, request by request, beside those that the Python library sent. */
final class TastytradeSessionTest {

    private final Recorder net = new Recorder();
    private final Evergrant door = net.door();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    @DisplayName("tastytrade 10, 30, 33, 36, 66, 67: calls bear the session's token, bare")
    void calls_bear_the_sessions_token_bare() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("session-calls-01", "session-calls-02", "session-calls-03", "session-calls-04")
                .captured("session-calls-05", "session-calls-06", "session-calls-07");

        assertThat(session.validate()).isTrue();
        Customer customer = session.customer();
        assertThat(customer.id()).contains("me");
        assertThat(customer.lastName()).contains("Doe");
        assertThat(session.secondFactor()).isEqualTo(new SecondFactor(true, Optional.of("sms")));
        assertThat(Accounts.get(session)).extracting(TradingAccount::number).containsExactly("5WX00001");
        assertThat(Accounts.get(session, true))
                .extracting(TradingAccount::number)
                .containsExactly("5WX00001", "5WX00002");
        TradingAccount one = Accounts.get(session, "5WX00001");
        assertThat(one.nickname()).contains("Individual");
        assertThat(one.openedAt()).contains(Instant.parse("2020-01-02T15:04:05.678Z"));
        assertThat(session.destroy()).isEmpty();

        for (int i = 1; i <= 7; i++) {
            net.sentAsIn(i, "session-calls-0" + i);
        }
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 31, 32: a session that is no more is told from a server that does not work")
    void a_session_that_is_no_more_is_told_from_a_server_that_does_not_work() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("validate-false-01").reply(503, "").captured("error-html-nginx-01");

        assertThat(session.validate()).isFalse();
        assertThatThrownBy(session::validate).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(session::validate).hasMessageContaining("User-Agent");

        net.sentAsIn(1, "validate-false-01");
    }

    @Test
    @DisplayName("tastytrade 34: a door that closes logs nobody out")
    void a_door_that_closes_logs_nobody_out() {
        net.passwordSession(door, false);
        door.close();

        assertThat(net.sent).hasSize(1);
    }

    @Test
    @DisplayName("tastytrade 35: a logout that fails there is told, and is done here")
    void a_logout_that_fails_there_is_told_and_is_done_here() {
        TastytradeSession session = net.passwordSession(door, true);
        net.reply(500, "");

        assertThat(session.destroy().orElseThrow()).contains("500");

        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 35: what work threw comes first, and a logout that failed besides is added to it")
    void what_work_threw_comes_first() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("context-manager-exception-and-failed-logout-03");
        IllegalStateException theirs = new IllegalStateException("mine");

        assertThatThrownBy(() -> session.destroyAfter(any -> {
                    throw theirs;
                }))
                .isSameAs(theirs)
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        assertThat(net.sent).hasSize(2);

        TastytradeSession other = net.passwordSession(door, true);
        net.reply(500, "");
        assertThatThrownBy(() -> other.destroyAfter(any -> {
                    throw theirs;
                }))
                .isSameAs(theirs)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        TastytradeSession third = net.passwordSession(door, true);
        net.reply(500, "");
        third.destroyAfter(TastytradeSession::session);
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("tastytrade 37: a customer as the service tells them today is read")
    void a_customer_as_the_service_tells_them_today_is_read() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("customer-as-vendor-sends-it-today-03");

        Customer customer = session.customer();

        assertThat(customer.firstName()).contains("Jane");
        assertThat(customer.externalId()).isEmpty();
        assertThat(customer.fields().all()).containsKeys("permitted-account-types", "birth-date");
        assertThat(customer.toString()).doesNotContain("Jane", "1980");
    }

    @Test
    @DisplayName("tastytrade 68, 69: there may be no accounts, and of one no more than its number may be told")
    void there_may_be_no_accounts() {
        TastytradeSession session = net.passwordSession(door, false);
        net.captured("accounts-empty-03")
                .reply(200, "{\"data\":{\"items\":[{\"account\":{\"account_number\":\"a b/c\",\"new\":[1]}}]}}")
                .reply(200, "{\"data\":{\"account-number\":\"a b/c\"}}")
                .reply(200, "{\"data\":{\"items\":[{\"account\":{}}]}}")
                .reply(200, "{\"data\":{\"items\":5}}");

        assertThat(Accounts.get(session)).isEmpty();
        TradingAccount account = Accounts.get(session).get(0);
        assertThat(account.number()).isEqualTo("a b/c");
        assertThat(account.isClosed()).isFalse();
        assertThat(account.fields().all()).containsKey("new");
        assertThat(Accounts.get(session, "a b/c").openedAt()).isEmpty();
        HttpCall last = net.sent.get(net.sent.size() - 1);
        assertThat(last.uri()).hasToString("https://api.tastyworks.com/customers/me/accounts/a%20b%2Fc");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Accounts.get(session))
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
        }
        assertThatThrownBy(() -> Accounts.get(session, " ")).isInstanceOf(InvalidInput.class);
    }
}
