package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.token.Secret;
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
        Terminal terminal = it.outside().terminal();
        long end = System.nanoTime() + it.patience(BrowserTalk.PATIENCE).toNanos();
        LoginRequest request = wanted.request();
        SetUp setUp = request.setUp();
        if (setUp != null && request.asksForClient()) {
            request = named(request, setUp, redirect, terminal, end);
        }
        PasteLogin login = PasteLogin.start(request, redirect, wire);
        String last = setUp == null
                ? "paste the code you are shown (or the address of the last page)"
                : "paste the address of the last page, which need not load";
        terminal.write(
                "Open this address in a browser, sign in, and " + last + ":\n\n" + login.authorizationUrl() + "\n\n");
        address.accept(login.authorizationUrl());
        for (int attempt = 1; ; attempt++) {
            String pasted = ask(terminal, setUp == null ? "Code: " : "Address: ", end);
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

    /** By the client that the person names, which is theirs. */
    private LoginRequest named(LoginRequest request, SetUp setUp, @Nullable URI redirect, Terminal terminal, long end) {
        setUp.steps().forEach(step -> terminal.write("* " + words(step) + "\n"));
        terminal.write("\nRedirect URI to register: " + (redirect == null ? setUp.redirect() : redirect) + "\n\n");
        String id = ask(terminal, "Client ID: ", end).strip();
        String secret = terminal.askHidden("Client secret: ");
        if (secret == null) {
            terminal.write("\n");
            throw failed("login_cancelled", "the login was cancelled; nothing was saved");
        }
        if (id.isEmpty() || secret.isBlank()) {
            throw new InvalidInput(Problem.of(
                            "client_id_needed",
                            "a login with " + request.provider().title() + " needs a client id and a client secret")
                    .withSession(wanted.session()));
        }
        return request.by(id, Secret.of(secret.strip()));
    }

    private static String words(SetUp.Step step) {
        SetUp.Link link = step.link();
        return step.before() + (link == null ? "" : link.words() + " (" + link.address() + ")") + step.after();
    }

    private String ask(Terminal terminal, String prompt, long end) {
        String pasted;
        try {
            pasted = terminal.ask(prompt, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
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
