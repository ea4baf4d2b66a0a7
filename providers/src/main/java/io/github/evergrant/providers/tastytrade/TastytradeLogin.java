package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/** Logins with tastytrade: by OAuth, in the browser or with a grant that is there, or by password where that is still taken. */
public final class TastytradeLogin {

    private TastytradeLogin() {}

    /**
     * By a page on this machine that asks for client id and client secret of one's OAuth application, then by tastytrade's, on
     * which one allows it. The redirect address that is registered for the application is {@link TastytradeProvider#REDIRECT},
     * unless the way says otherwise (docs/protocols/tastytrade.md section 9).
     *
     * @param data as {@link TastytradeProvider#describe} has it
     * @param way {@link io.github.evergrant.login.BrowserFirst}, mostly
     * @param keeper decides what becomes of the login; {@link Keeper#revealingRefreshToken} lets the last page show what the
     *     Python library's shows
     * @throws InvalidInput {@code port_taken} when another program listens there, {@code client_id_needed} when the way has no
     *     page on which to ask
     * @throws io.github.evergrant.error.LoginFailed when it did not come to its end
     * @throws ProviderRefused when tastytrade says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult login(ProviderData data, LoginWay way, Wire wire, Keeper keeper) {
        return login(data, Client.open(""), way, wire, keeper);
    }

    /**
     * The same without the page that asks.
     *
     * @param application as {@link TastytradeProvider#client} makes it
     */
    public static LoginResult login(ProviderData data, Client application, LoginWay way, Wire wire, Keeper keeper) {
        LoginRequest request = LoginRequest.ofPerson(new TastytradeProvider(), data, application, Scopes.NONE);
        return way.login(request, wire, keeper);
    }

    /**
     * By the secret of one's OAuth application and the refresh token of a grant, which is used at once and never ends. One
     * request, never repeated (docs/protocols/tastytrade.md section 6).
     *
     * @param data as {@link TastytradeProvider#describe} has it
     * @throws InvalidInput {@code client_needed} or {@code refresh_token_malformed} when one of the two is blank or cannot be
     *     sent; nothing was sent then
     * @throws ProviderRefused {@code invalid_grant} or {@code invalid_client} when tastytrade takes one of them not; or when it
     *     says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult oauth(ProviderData data, Secret clientSecret, Secret refreshToken, Wire wire) {
        TastytradeProvider provider = new TastytradeProvider();
        Client client = provider.client("", clientSecret);
        try {
            return RefreshTokenLogin.run(LoginRequest.of(provider, data, client, Scopes.NONE), refreshToken, wire);
        } catch (ProviderRefused e) {
            boolean odd = e.code().equals("invalid_grant")
                    && refreshToken.reveal().chars().filter(c -> c == '.').count() != 2;
            throw odd
                    ? new ProviderRefused(e.problem()
                            .withAdvice(
                                    "give the client's secret and a grant's refresh token, which has two dots in it;"
                                            + " username and password are for sessions by password"))
                    : e;
        }
    }

    /**
     * By password or remember token. A password is sent once, and again only with what tastytrade asked for and somebody
     * answered. The live service has taken no passwords since February 2026; {@link #oauth} is the way there.
     *
     * @param data as {@link TastytradeProvider#describePassword} has it
     * @param answers who answers device challenges and is asked for one-time codes, or null for nobody
     * @throws InvalidInput {@code other_environment} when the remember token is of another one, {@code
     *     password_data_needed} when the data are those of OAuth; nothing was sent then
     * @throws ProviderRefused {@code invalid_credentials}, {@code device_challenge_required}, {@code one_time_code_needed},
     *     {@code one_time_code_refused}; or when tastytrade says no otherwise
     * @throws io.github.evergrant.error.TemporarilyUnavailable {@code account_locked} when too many logins failed; or when no
     *     usable answer came
     */
    public static LoginResult password(
            ProviderData data, PasswordOrder order, @Nullable ChallengeAnswers answers, Wire wire) {
        if (!TastytradeProvider.isPassword(data.endpoints().token())) {
            throw new InvalidInput(
                    Problem.of("password_data_needed", "these are the addresses of OAuth sessions, not of passwords"));
        }
        RememberToken token = order.rememberToken();
        if (token != null) {
            token.requireFor(data);
        }
        HttpReply reply = new PasswordTalk(new TastytradeCalls(wire.http()), data, order, answers).run();
        ReplyRules rules = new ReplyRules(data.defaultResourceServer(), data.defaultLifetime());
        TokenResponse response = SessionReplies.granted(reply, rules)
                .orElseThrow(() -> TastytradeCalls.unreadable(
                        Wording.bare("POST", data.endpoints().token()),
                        SessionReplies.data(reply).isEmpty()
                                ? "No data present in response"
                                : "it holds no session token"));
        return new LoginResult(
                data,
                Client.open(""),
                SessionReplies.account(reply, order.login()),
                response,
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.NONE);
    }
}
