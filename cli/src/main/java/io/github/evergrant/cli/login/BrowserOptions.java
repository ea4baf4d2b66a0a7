package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.login.loopback.LoopbackAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which browser, and where it comes back to. */
final class BrowserOptions {

    @Option(
            names = "--browser",
            paramLabel = "CMD",
            description = "Open the address with this command, as EVERGRANT_BROWSER and BROWSER; `none` only shows it.")
    private @Nullable String command;

    @Option(names = "--no-browser", description = "Only show the address; open it yourself on this machine.")
    private boolean none;

    @Option(
            names = "--listen",
            paramLabel = "127.0.0.1:PORT",
            description =
                    "Where the browser comes back to, for a provider that takes no other port than a registered one.")
    private @Nullable String listen;

    @Option(
            names = "--redirect-uri",
            paramLabel = "URI",
            description = "Where the provider sends the browser, as registered; one on this machine is listened on.")
    private @Nullable String redirect;

    @Option(
            names = "--show-refresh-token",
            description = "Show the refresh token on the last page, folded away, and print it alone on a line: only for"
                    + " tastytrade, whose users keep it.")
    private boolean showRefreshToken;

    @Option(names = "--pkce", description = "Bind the code by PKCE also where that is not usual: with tastytrade.")
    private boolean pkce;

    /** @throws InvalidInput when they contradict one another or mean nothing */
    void requireSound() {
        if (none && command != null) {
            throw CliProblem.usage("--browser and --no-browser are not for one login");
        }
        redirect();
        if (isWished()) {
            address();
            named();
        }
    }

    /** Whether somebody says that a browser is to come back to this machine, wherever that is. */
    boolean isWished() {
        URI uri = redirect();
        return isNamed() || (uri != null && LoopbackAddress.isPossible(uri));
    }

    /** Whether it is said how: then nobody pastes. */
    boolean isNamed() {
        return listen != null || named() instanceof BrowserChoice.Open;
    }

    /** Whether a browser ends somewhere else, from where a person must carry the code. */
    boolean leadsElsewhere() {
        URI uri = redirect();
        return uri != null && !LoopbackAddress.isPossible(uri);
    }

    /** What to do with the address. */
    BrowserChoice choice(Invocation it) {
        BrowserChoice named = named();
        if (named instanceof BrowserChoice.Open) {
            return named;
        }
        BrowserChoice found = BrowserChoice.of(it.outside().environment());
        if (found instanceof BrowserChoice.Nowhere) {
            return isWished() ? new BrowserChoice.Print() : found;
        }
        return named == null ? found : named;
    }

    /** Whether the program that opens it was named on this command line: then it has to be one. */
    boolean namesProgram() {
        return named() instanceof BrowserChoice.Open;
    }

    /** Whether the person wants to copy the refresh token. */
    boolean showsRefreshToken() {
        return showRefreshToken;
    }

    boolean wantsPkce() {
        return pkce;
    }

    LoopbackAddress address() {
        return LoopbackAddress.of(listen, redirect());
    }

    @Nullable
    URI redirect() {
        if (redirect == null) {
            return null;
        }
        try {
            return URI.create(redirect);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("bad_address", "--redirect-uri is no address"));
        }
    }

    private @Nullable BrowserChoice named() {
        if (none) {
            return new BrowserChoice.Print();
        }
        return command == null ? null : BrowserChoice.named(command);
    }
}
