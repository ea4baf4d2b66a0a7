package io.github.evergrant.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.loopback.Listener;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.login.loopback.Page;
import io.github.evergrant.provider.SetUp;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A login in which the browser itself carries the code: it ends on an address of this machine, where it is shown how the login
 * ended (RFC 8252).
 *
 * <p>One object is one login; for one thread. It listens on loopback from {@code start} to {@link #close()}, and needs only be
 * opened in a browser: {@link io.github.evergrant.login.browser.SystemBrowser} finds one. A program that embeds it limits
 * what strangers can do to the listener by {@link io.github.evergrant.login.loopback.ServerLimits}.
 */
public final class BrowserLogin implements AutoCloseable {

    /** What an account was refused for, and not a person's or a provider's no. */
    private static final Set<String> WRONG_ACCOUNT = Set.of("wrong_account", "other_account");

    private final LoginRequest request;
    private final Listener listener;
    private final Inquiry inquiry;

    private BrowserLogin(LoginRequest request, Listener listener, Inquiry inquiry) {
        this.request = request;
        this.listener = listener;
        this.inquiry = inquiry;
    }

    /** Begins a login that ends on a free port of this machine. */
    public static BrowserLogin start(LoginRequest request, Wire wire) {
        return start(request, LoopbackAddress.free(), wire);
    }

    /**
     * Begins a login that ends on a certain address of this machine. Where people have clients of their own, that is the one
     * that they register unless another is given; and as long as nobody has named a client, the login begins with a page of
     * this machine that asks for it.
     *
     * @throws InvalidInput {@code port_taken} when the port cannot be had, {@code no_browser_login} when the provider has no
     *     authorization endpoint
     */
    public static BrowserLogin start(LoginRequest request, LoopbackAddress address, Wire wire) {
        SetUp setUp = request.setUp();
        Listener listener = new Listener(
                setUp == null ? address : address.orElse(setUp.redirect()).byAnyName());
        try {
            if (request.asksForClient()) {
                ClientForm form = new ClientForm(request, listener.redirect(), listener.entrance(), wire);
                listener.start(form::isAnswer, form);
                return new BrowserLogin(request, listener, form);
            }
            CodeFlow flow = new CodeFlow(request, listener.redirect(), wire);
            listener.start(flow::isAnswer);
            return new BrowserLogin(request, listener, flow);
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * This as a way to log in, for later. {@link BrowserFirst} also knows what to do where no browser can be opened.
     *
     * @param address where the browser is to come back to
     * @param patience how long a person may take to sign in
     * @param browser opens an address, or shows it to somebody who does
     */
    public static LoginWay opening(LoopbackAddress address, Duration patience, Consumer<URI> browser) {
        return (request, wire, keeper) -> {
            try (BrowserLogin login = start(request, address, wire)) {
                browser.accept(login.authorizationUrl());
                return login.finish(patience, keeper);
            }
        };
    }

    /** What to open in a browser: the provider's page, or first the one of this machine that asks for a client. */
    public URI authorizationUrl() {
        return inquiry.page();
    }

    /** Where the browser comes back to. */
    public URI redirect() {
        return listener.redirect();
    }

    /** The same for a program that keeps the login later: the page says who signed in, and nothing of a session. */
    public LoginResult finish(Duration patience) {
        return finish(patience, LoginResult::sentence);
    }

    /**
     * Waits until the browser has come back, fetches the tokens by one request that is never repeated, has the login kept,
     * and tells the browser how it ended.
     *
     * @param patience how long a person may take to sign in; what comes after that has deadlines of its own
     * @throws LoginFailed when access was denied, nobody came in time ({@code login_timed_out}), or what the keeper threw
     * @throws io.github.evergrant.error.ProviderRefused when the code is refused, or the client
     * @throws TemporarilyUnavailable when no usable answer came
     */
    public LoginResult finish(Duration patience, Keeper keeper) {
        try {
            LoginResult result = inquiry.redeem(RedirectAnswer.parse(awaitAnswer(patience)));
            String sentence = keeper.keep(result);
            listener.show(new Page.Done(sentence, keeper.reveal(result).orElse(null)));
            return result;
        } catch (EvergrantException e) {
            String next = next(keeper, e);
            String sentence = sentence(e);
            listener.show(
                    WRONG_ACCOUNT.contains(e.code())
                            ? new Page.WrongAccount(sentence, next)
                            : new Page.Refused(sentence, e.providerCode().orElse(e.code()), next));
            throw e;
        }
    }

    private String awaitAnswer(Duration patience) {
        try {
            return listener.await(patience)
                    .orElseThrow(() -> new LoginFailed(Problem.of(
                                    "login_timed_out",
                                    "nobody finished signing in to "
                                            + request.provider().title() + " in time; nothing was saved")
                            .withAdvice("start again")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporarilyUnavailable(
                    Problem.of("interrupted", "the login was interrupted; nothing was saved"), null);
        }
    }

    /** Finding it out may fail for the same reason as the login did, which is the one to be told. */
    private static String next(Keeper keeper, EvergrantException failure) {
        try {
            return keeper.next(failure);
        } catch (EvergrantException second) {
            return failure.advice();
        }
    }

    /** As it begins and ends on a page. */
    private static String sentence(EvergrantException e) {
        String words = String.valueOf(e.getMessage());
        int first = words.offsetByCodePoints(0, words.isEmpty() ? 0 : 1);
        String upper = words.substring(0, first).toUpperCase(Locale.ROOT) + words.substring(first);
        return upper.endsWith(".") ? upper : upper + ".";
    }

    /** Frees the port. A browser that has come back is given a moment to see how the login ended. */
    @Override
    public void close() {
        listener.close();
    }
}
