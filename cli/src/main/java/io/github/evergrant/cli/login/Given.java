package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;

/**
 * Which options were given that mean something with some providers, or on some ways to log in, and nothing elsewhere.
 *
 * @param tenant which tenant of Agave, or whose token there
 * @param person username or password
 * @param scopes what to ask for
 * @param client which client, or its secret
 * @param tastytrade those of {@link TastytradeOptions}
 * @param method by which way
 */
record Given(boolean tenant, boolean person, boolean scopes, boolean client, boolean tastytrade, Method method) {

    /** @throws InvalidInput when one means nothing with a provider */
    void requireFor(Provider provider) {
        boolean agave = provider instanceof AgaveProvider;
        boolean spatiafi = provider instanceof SpatiaFiProvider;
        boolean tasty = provider instanceof TastytradeProvider;
        String title = provider.title();
        if (tastytrade && !tasty) {
            throw CliProblem.usage("--oauth, --password, --remember and --otp are for tastytrade");
        }
        if (tenant && !agave) {
            throw CliProblem.usage(
                    title + " has no tenants: --tenant, --tenants-url and --token-username are for Agave");
        }
        if (person && !agave && !spatiafi && !tasty) {
            throw CliProblem.usage(title + " has no logins by username and password");
        }
        if (scopes && spatiafi) {
            throw CliProblem.usage(title + " has no scopes");
        }
        if (method.browser().showsRefreshToken() && (agave || spatiafi)) {
            throw CliProblem.usage("--show-refresh-token is not for " + title);
        }
    }

    /** Whether any of them is of a login by OAuth alone: of its page, its client or its scopes. */
    boolean meansOAuth() {
        return method.isOfPersonAsked()
                || method.browser().showsRefreshToken()
                || method.browser().wantsPkce()
                || scopes
                || client;
    }

    /** @throws InvalidInput when a login by password is meant, and another one too */
    void requireForPassword() {
        if (meansOAuth()) {
            throw CliProblem.usage(
                    "a login by password has no browser, no page, no client and no scopes: leave out what is"
                            + " for OAuth, or username, --password, --remember and --otp");
        }
    }

    /** @throws InvalidInput when tokens are brought, and what is brought is to be shown */
    void requireForTokens() {
        if (method.browser().showsRefreshToken()) {
            throw CliProblem.usage(
                    "--show-refresh-token is for a login in the browser: whoever brings tokens has them");
        }
    }
}
