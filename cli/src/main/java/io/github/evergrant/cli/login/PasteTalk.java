package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A login in which a person opens an address and pastes the code they are shown. */
final class PasteTalk {

    private static final int ATTEMPTS = 3;

    private final Invocation it;
    private final Wanted wanted;
    private final Consumer<URI> address;

    /** @param address is told what the person is to open */
    PasteTalk(Invocation it, Wanted wanted, Consumer<URI> address) {
        this.it = it;
        this.wanted = wanted;
        this.address = address;
    }

    /** @throws LoginFailed {@code login_cancelled} when the person ends the input, {@code login_timed_out} in time */
    LoginResult hold(@Nullable URI redirect, Wire wire) {
        PasteLogin login = PasteLogin.start(wanted.request(), redirect, wire);
        Terminal terminal = it.outside().terminal();
        terminal.write(
                "Open this address in a browser, sign in, and paste the code you are shown (or the address of the"
                        + " last page):\n\n" + login.authorizationUrl() + "\n\n");
        address.accept(login.authorizationUrl());
        long end = System.nanoTime() + it.patience(BrowserTalk.PATIENCE).toNanos();
        for (int attempt = 1; ; attempt++) {
            String pasted = ask(terminal, end);
            try {
                return login.finish(pasted);
            } catch (InvalidInput e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                terminal.write(Printable.text("That did not work: " + e.getMessage()) + "\n");
            }
        }
    }

    private String ask(Terminal terminal, long end) {
        String pasted;
        try {
            pasted = terminal.ask("Code: ", Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (TimeoutException e) {
            terminal.write("\n");
            throw failed(
                    "login_timed_out",
                    "nobody pasted a code of " + wanted.request().provider().title() + " in time; nothing was saved");
        }
        if (pasted == null) {
            terminal.write("\n");
            throw failed("login_cancelled", "the login was cancelled; nothing was saved");
        }
        return pasted;
    }

    private LoginFailed failed(String code, String message) {
        return new LoginFailed(
                Problem.of(code, message).withAdvice("start again").withSession(wanted.session()));
    }
}
