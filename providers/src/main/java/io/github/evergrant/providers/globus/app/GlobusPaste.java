package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A login in which a person carries the code. Globus has a page that shows it, but for public clients only. */
public final class GlobusPaste implements LoginWay {

    private final @Nullable URI redirect;
    private final Function<URI, @Nullable String> person;

    /**
     * By any page.
     *
     * @param redirect where the browser is sent, as registered; null for the page that shows the code
     * @param person shows somebody the address to open, and answers what they pasted; null when they would not
     */
    public GlobusPaste(@Nullable URI redirect, Function<URI, @Nullable String> person) {
        this.redirect = redirect;
        this.person = Objects.requireNonNull(person, "person");
    }

    /** By the page that shows the code. */
    public GlobusPaste(Function<URI, @Nullable String> person) {
        this(null, person);
    }

    @Override
    public LoginResult login(LoginRequest request, Wire wire, Keeper keeper) {
        return PasteLogin.asking(redirect, person).login(request, wire, keeper);
    }

    @Override
    public void requirePossible(ProviderData provider, Client client) {
        if (client.secret() != null && redirect == null) {
            throw new InvalidInput(
                    Problem.of("redirect_needed", "Globus shows codes to be pasted for public clients only")
                            .withAdvice("give the redirect address that is registered for the client"));
        }
    }
}
