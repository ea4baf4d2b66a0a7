package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.login.browser.BrowserChoice;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login with a browser of this machine, where one can come back to it; in another way where not: over SSH, in a container,
 * without a display.
 *
 * <p>What strangers can do to the listener meanwhile is limited by
 * {@link io.github.evergrant.login.loopback.ServerLimits#setForThisProcess}, which a program calls when it starts: the limits
 * are the process's, so that no library sets them unasked.
 *
 * @param choice what is done with an address
 * @param address where the browser comes back to
 * @param patience how long a person may take to sign in
 * @param show shows somebody the address to open, in case no browser opens by itself
 * @param otherwise how people log in where no browser can come back: {@link PasteLogin#asking} mostly
 */
public record BrowserFirst(
        BrowserChoice choice, LoopbackAddress address, Duration patience, Consumer<URI> show, LoginWay otherwise)
        implements LoginWay {

    /** For passwords that are looked up, second factors and consents. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(BrowserFirst.class);

    public BrowserFirst {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(show, "show");
        Objects.requireNonNull(otherwise, "otherwise");
    }

    /**
     * By what the environment says, on any free port, for ten minutes.
     *
     * @param environment the environment variables of this process
     * @throws InvalidInput {@code browser_unusable} when {@code EVERGRANT_BROWSER} names no command
     */
    public static BrowserFirst of(Map<String, String> environment, Consumer<URI> show, LoginWay otherwise) {
        return new BrowserFirst(BrowserChoice.of(environment), LoopbackAddress.free(), PATIENCE, show, otherwise);
    }

    /** The same at an address that is registered for the client. */
    public BrowserFirst at(LoopbackAddress registered) {
        return new BrowserFirst(choice, registered, patience, show, otherwise);
    }

    public BrowserFirst within(Duration longest) {
        return new BrowserFirst(choice, address, longest, show, otherwise);
    }

    @Override
    public LoginResult login(LoginRequest request, Wire wire, Keeper keeper) {
        return way().login(request, wire, keeper);
    }

    @Override
    public void requirePossible(ProviderData provider, Client client) {
        way().requirePossible(provider, client);
    }

    private LoginWay way() {
        return choice instanceof BrowserChoice.Nowhere
                ? otherwise
                : BrowserLogin.opening(address, patience, this::open);
    }

    private void open(URI uri) {
        show.accept(uri);
        if (choice instanceof BrowserChoice.Open open) {
            try {
                open.browser().open(uri, BrowserFirst::failed);
            } catch (InvalidInput e) {
                failed(String.valueOf(e.getMessage()));
            }
        }
    }

    /** No reason to give up: the address was shown. */
    private static void failed(String why) {
        LOG.warn("{}; the address has to be opened by hand", why);
    }
}
