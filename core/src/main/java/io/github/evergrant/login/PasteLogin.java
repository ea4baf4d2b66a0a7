package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A login in which a person carries the code: they open an address, and paste what the last page shows, or its address.
 *
 * <p>One object is one login. A code can be redeemed once; a second {@link #finish} is for a person who mistyped.
 */
public final class PasteLogin {

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
    private static final Pattern QUERY = Pattern.compile("(.*&)?(code|error)=.*");

    private static final String REGISTERED = "give the redirect address that is registered for the client";

    private final CodeFlow flow;

    private PasteLogin(CodeFlow flow) {
        this.flow = flow;
    }

    /** Begins a login that ends on the provider's own page, which shows the code. */
    public static PasteLogin start(LoginRequest request, Wire wire) {
        return start(request, null, wire);
    }

    /**
     * Begins a login that ends on any page.
     *
     * @param redirect where the provider sends the browser, as registered; null for its page that shows the code
     * @throws InvalidInput {@code paste_unavailable} when there is no such page, {@code redirect_needed} when it is not for
     *     this client, {@code no_browser_login} when the provider has no authorization endpoint, {@code client_id_needed}
     *     when nobody has named a client
     */
    public static PasteLogin start(LoginRequest request, @Nullable URI redirect, Wire wire) {
        return new PasteLogin(new CodeFlow(request, page(request.provider(), request.client(), redirect), wire));
    }

    private static URI page(ProviderData provider, Client client, @Nullable URI redirect) {
        URI page = redirect == null ? provider.pasteRedirect() : redirect;
        if (page == null) {
            throw new InvalidInput(
                    Problem.of("paste_unavailable", provider.title() + " has no page that shows a code to paste")
                            .withAdvice(REGISTERED));
        }
        if (redirect == null && provider.pasteIsForPublicClients() && client.secret() != null) {
            throw new InvalidInput(Problem.of(
                            "redirect_needed", provider.title() + " shows codes to be pasted for public clients only")
                    .withAdvice(REGISTERED));
        }
        return page;
    }

    /**
     * This as a way to log in, for later.
     *
     * @param redirect where the provider sends the browser, as registered; null for its page that shows the code
     * @param person shows somebody the address to open, and answers what they pasted; null when they would not
     */
    public static LoginWay asking(@Nullable URI redirect, Function<URI, @Nullable String> person) {
        return new Asking(redirect, Objects.requireNonNull(person, "person"));
    }

    private record Asking(@Nullable URI redirect, Function<URI, @Nullable String> person) implements LoginWay {

        @Override
        public LoginResult login(LoginRequest request, Wire wire, Keeper keeper) {
            PasteLogin login = start(request, redirect, wire);
            String pasted = person.apply(login.authorizationUrl());
            if (pasted == null) {
                throw new LoginFailed(Problem.of("login_cancelled", "the login was cancelled; nothing was saved"));
            }
            LoginResult result = login.finish(pasted);
            keeper.keep(result);
            return result;
        }

        @Override
        public void requirePossible(ProviderData provider, Client client) {
            page(provider, client, redirect);
        }
    }

    /** What to open in a browser. */
    public URI authorizationUrl() {
        return flow.page();
    }

    /**
     * Redeems what was pasted, by one request that is never repeated.
     *
     * @param pasted the code, or the whole address the browser was sent to
     * @throws InvalidInput {@code code_malformed} or {@code redirect_malformed} when it is neither
     * @throws io.github.evergrant.error.LoginFailed when access was denied or the address is another login's
     * @throws io.github.evergrant.error.ProviderRefused when the code is refused, or the client
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public LoginResult finish(String pasted) {
        String text = pasted.strip();
        if (ADDRESS.matcher(text).matches()) {
            return flow.redeem(RedirectAnswer.parse(query(text)));
        }
        String query = text.startsWith("?") || text.startsWith("#") ? text.substring(1) : text;
        return QUERY.matcher(query).matches() ? flow.redeem(RedirectAnswer.parse(query)) : flow.redeem(text);
    }

    private static String query(String address) {
        int hash = address.indexOf('#');
        String front = hash < 0 ? address : address.substring(0, hash);
        int question = front.indexOf('?');
        return question < 0 ? "" : front.substring(question + 1);
    }
}
