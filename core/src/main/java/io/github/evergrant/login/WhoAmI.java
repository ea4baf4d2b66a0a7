package io.github.evergrant.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;

/** Asks the provider whom an access token speaks for (OpenID Connect Core section 5.3). */
public final class WhoAmI {

    private WhoAmI() {}

    /**
     * A login of which it is known whose it is: where it does not say so itself, the provider is asked with the login's own
     * token, if that may. Not knowing costs only the check for another account, so nothing is thrown.
     */
    public static LoginResult identify(LoginResult login, Wire wire) {
        TokenData own = login.response().byResourceServer().get(login.provider().defaultResourceServer());
        if (!login.account().equals(Account.UNKNOWN)
                || own == null
                || !own.scopes().values().contains("openid")) {
            return login;
        }
        try {
            return login.withAccount(ask(login.provider(), own.accessToken(), wire));
        } catch (EvergrantException e) {
            return login;
        }
    }

    /**
     * One request, with the token itself.
     *
     * @param accessToken with the scope {@code openid}
     * @throws InvalidInput {@code no_userinfo} when the provider has no such endpoint
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static Account ask(ProviderData provider, Secret accessToken, Wire wire) {
        URI endpoint = provider.endpoints().userinfo();
        if (endpoint == null) {
            throw new InvalidInput(Problem.of("no_userinfo", provider.title() + " does not say who somebody is"));
        }
        Answers answers = new Answers(provider, wire);
        HttpReply reply = answers.success(OAuthRequests.userinfo(endpoint, accessToken), accessToken);
        return Account.of(Json.object(answers, reply)).orElseThrow(() -> answers.unreadable("it names nobody"));
    }
}
