package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A login in which a person opens an address and pastes the code they are shown. */
final class PasteTalk {

    private static final int ATTEMPTS = 3;

    private PasteTalk() {}

    /** @throws CliProblem {@code login_cancelled} when the person ends the input instead */
    static LoginResult hold(LoginRequest request, @Nullable URI redirect, Wire wire, String session, Invocation it) {
        PasteLogin login = PasteLogin.start(request, redirect, wire);
        Terminal terminal = it.outside().terminal();
        terminal.write(
                "Open this address in a browser, sign in, and paste the code you are shown (or the address of the"
                        + " last page):\n\n" + login.authorizationUrl() + "\n\n");
        for (int attempt = 1; ; attempt++) {
            String pasted = terminal.ask("Code: ");
            if (pasted == null) {
                terminal.write("\n");
                throw CliProblem.of(
                        Exits.LOGIN_FAILED,
                        "login_cancelled",
                        "the login was cancelled; nothing was saved",
                        session,
                        it.again(session));
            }
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
}
