package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.login.BrowserLogin;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.login.browser.SystemBrowser;
import io.github.evergrant.login.loopback.ServerLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A login in which a person signs in with a browser of this machine, and is told there and here how it ended. */
final class BrowserTalk {

    /** For passwords that are looked up, second factors and consents. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Invocation it;
    private final LoginRequest request;
    private final BrowserOptions options;
    private final Consumer<URI> address;

    /** @param address is told what is opened */
    BrowserTalk(Invocation it, LoginRequest request, BrowserOptions options, Consumer<URI> address) {
        this.it = it;
        this.request = request;
        this.options = options;
        this.address = address;
    }

    /**
     * Waits for the person.
     *
     * @param keep is done with the login before the person is told of it
     */
    Kept hold(Wire wire, Function<LoginResult, Kept> keep) {
        ServerLimits.setForThisProcess();
        try (BrowserLogin login = BrowserLogin.start(request, options.address(), wire)) {
            address.accept(login.authorizationUrl());
            open(login.authorizationUrl());
            Keeping keeping = new Keeping(keep);
            login.finish(
                    it.patience(PATIENCE), options.showsRefreshToken() ? keeping.revealingRefreshToken() : keeping);
            return Objects.requireNonNull(keeping.kept, "kept");
        }
    }

    private void open(URI page) {
        String provider = request.provider().title();
        if (options.showsRefreshToken()) {
            it.voice().print("Opening url: " + page);
        }
        BrowserChoice choice = options.choice(it);
        if (!(choice instanceof BrowserChoice.Open open)) {
            AddressLine.show(
                    it, "Open this address in a browser of this machine, and sign in to " + provider + ":", page);
            return;
        }
        SystemBrowser browser = open.browser();
        try {
            browser.open(page, this::failed);
            AddressLine.show(
                    it, "Sign in to " + provider + " in your browser. If it has not opened, open this address:", page);
        } catch (InvalidInput e) {
            if (options.namesProgram()) {
                throw e;
            }
            AddressLine.show(
                    it, "Open this address in a browser of this machine, and sign in to " + provider + ":", page);
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void failed(String why) {
        it.voice().warn("browser_failed", why + "; open the address yourself");
    }

    /** Keeps a login, and knows the command to run when it is not kept. */
    private final class Keeping implements Keeper {

        private final Function<LoginResult, Kept> keep;
        private @Nullable Kept kept;

        Keeping(Function<LoginResult, Kept> keep) {
            this.keep = keep;
        }

        @Override
        public String keep(LoginResult login) {
            Kept done = keep.apply(login);
            kept = done;
            return done.sentence();
        }

        @Override
        public String next(EvergrantException failure) {
            return it.next(failure).orElseGet(failure::advice);
        }
    }
}
