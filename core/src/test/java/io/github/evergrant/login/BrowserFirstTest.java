package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A browser where one can come back, else whatever else there is. */
final class BrowserFirstTest {

    private static final String TOKENS =
            "{\"access_token\":\"A\",\"refresh_token\":\"R\",\"token_type\":\"Bearer\",\"expires_in\":900}";

    private final LoginFixture fixture = new LoginFixture();
    private final LoginRequest request = LoginFixture.withoutOpenid(LoginFixture.NATIVE);
    private final List<URI> shown = new ArrayList<>();

    @Test
    void over_ssh_the_other_way_is_taken_and_asked_whether_it_can_work() {
        fixture.sender.reply(200, TOKENS);
        BrowserFirst way = BrowserFirst.of(
                Map.of("SSH_CONNECTION", "1 2 3 4", "DISPLAY", ":0"),
                shown::add,
                PasteLogin.asking(null, address -> "code-1"));

        LoginResult result = way.login(request, fixture.wire, LoginResult::sentence);

        assertThat(result.response().first().refresh()).isPresent();
        assertThat(shown).isEmpty();
        LoginWay never = new LoginWay() {
            @Override
            public LoginResult login(LoginRequest asked, Wire wire, Keeper keeper) {
                throw new AssertionError("it cannot work");
            }

            @Override
            public void requirePossible(ProviderData provider, Client client) {
                throw new InvalidInput(Problem.of("never", "never"));
            }
        };
        assertThatThrownBy(() -> BrowserFirst.of(Map.of("SSH_TTY", "/dev/pts/0"), shown::add, never)
                        .requirePossible(request.provider(), request.client()))
                .isInstanceOf(InvalidInput.class);
        new BrowserFirst(new BrowserChoice.Print(), LoopbackAddress.free(), Duration.ofMinutes(1), shown::add, never)
                .requirePossible(request.provider(), request.client());
    }

    @Test
    void where_there_is_a_display_the_browser_comes_back_and_is_told_after_the_login_was_kept() {
        fixture.sender.reply(200, TOKENS);
        CompletableFuture<Visitor.Reply> page = new CompletableFuture<>();
        BrowserFirst way = new BrowserFirst(
                new BrowserChoice.Print(),
                LoopbackAddress.free(),
                Duration.ofMinutes(1),
                address -> page.completeAsync(() -> comeBack(address)),
                (asked, wire, keeper) -> {
                    throw new AssertionError("a browser can come back");
                });

        way.login(request, fixture.wire, granted -> "Kept as a.");

        assertThat(page.join().body()).contains("Kept as a.");
    }

    @Test
    void a_browser_that_cannot_be_started_is_no_end_since_the_address_was_shown() {
        BrowserFirst way = new BrowserFirst(
                        BrowserChoice.named("/nowhere/no-browser"),
                        LoopbackAddress.free(),
                        Duration.ofMinutes(1),
                        shown::add,
                        PasteLogin.asking(null, address -> null))
                .within(Duration.ofMillis(50));

        assertThatThrownBy(() -> way.login(request, fixture.wire, LoginResult::sentence))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("login_timed_out"));

        assertThat(shown).hasSize(1);
    }

    private static Visitor.Reply comeBack(URI address) {
        Map<String, String> asked = LoginFixture.form(address.getRawQuery());
        URI redirect = URI.create(asked.getOrDefault("redirect_uri", ""));
        Visitor visitor = new Visitor(redirect.getPort());
        Visitor.Reply callback = visitor.go(URI.create(redirect + "?code=c&state=" + asked.get("state")));
        return visitor.get(redirect.getRawAuthority(), callback.header("Location"));
    }
}
