package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.RefreshTokenLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
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
     * @param keeper decides what becomes of the login, of which it is told whose it is, unless tastytrade does not say so;
     *     {@link Keeper#revealingRefreshToken} lets the last page show what the Python library's shows
     * @return the login as it was granted
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
        return way.login(request, wire, new Identifying(keeper, wire));
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
        LoginRequest request = LoginRequest.of(provider, data, provider.client("", clientSecret), Scopes.NONE);
        return oauth(request, refreshToken, wire);
    }

    /**
     * The same by a client whose id is known: it is never sent, and tells sessions of several applications apart.
     *
     * @param request of {@link TastytradeProvider#client}, with data as {@link TastytradeProvider#describe} has them
     */
    public static LoginResult oauth(LoginRequest request, Secret refreshToken, Wire wire) {
        try {
            return patiently(request, refreshToken, wire);
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

    /** What it says around the opening of the market to grants that work again soon after is asked once more, at once. */
    private static LoginResult patiently(LoginRequest request, Secret refreshToken, Wire wire) {
        try {
            return RefreshTokenLogin.run(request, refreshToken, wire);
        } catch (TemporarilyUnavailable e) {
            boolean passing = e.code().equals("reply_unreadable")
                    && String.valueOf(e.getMessage()).contains(OAuthWay.PASSING);
            if (!passing) {
                throw e;
            }
            return RefreshTokenLogin.run(request, refreshToken, wire);
        }
    }

    /**
     * The same login, of which it is known whose it is: an OAuth reply does not say so, and the customer is asked for with the
     * login's own token. One reading, which proves the grant as well. That nothing comes of it costs only the check for another
     * customer, since a grant need not have that scope: then the login's oddities say so.
     *
     * @throws ProviderRefused when the API does not take the token: such a login is none
     */
    public static LoginResult identified(LoginResult login, Wire wire) {
        if (!login.account().equals(Account.UNKNOWN)) {
            return login;
        }
        try {
            AccessToken token = login.response().first().access();
            URI uri = URI.create(
                    TastytradeProvider.base(login.provider().endpoints().token()) + TastytradeSession.CUSTOMER);
            HttpCall call = Wording.bare("GET", uri).withHeader("Authorization", token.header());
            TastytradeCalls calls = new TastytradeCalls(wire.http());
            Customer customer = new Customer(new Fields(calls.data(call, calls.send(call), token.value())));
            Account account = customer.account();
            return account.equals(Account.UNKNOWN) ? unknown(login, "it names nobody") : login.withAccount(account);
        } catch (EvergrantException e) {
            if (isRefusalOf(e)) {
                throw new ProviderRefused(
                        e.problem().withAdvice("create a new grant at tastytrade, and log in with its refresh token"));
            }
            return unknown(login, String.valueOf(e.getMessage()));
        }
    }

    /** Whether it is the API that refuses the token, and not what stands before it that refuses the program. */
    private static boolean isRefusalOf(EvergrantException e) {
        return e instanceof ProviderRefused
                && !e.code().equals("reply_unreadable")
                && TastytradeError.of(e).filter(said -> said.status() == 401).isPresent();
    }

    private static LoginResult unknown(LoginResult login, String why) {
        return new LoginResult(
                login.provider(),
                login.client(),
                login.account(),
                login.response().withOddity("tastytrade does not say whose the login is: " + why),
                login.kind(),
                login.scopes());
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
        HttpReply reply = reply(data, order, answers, wire);
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

    private static HttpReply reply(
            ProviderData data, PasswordOrder order, @Nullable ChallengeAnswers answers, Wire wire) {
        try {
            return new PasswordTalk(new TastytradeCalls(wire.http()), data, order, answers).run();
        } catch (ProviderRefused e) {
            boolean said = e.advice().contains("OAuth") || e.code().startsWith("one_time_code_");
            if (said || data.base() != null) {
                throw e;
            }
            throw new ProviderRefused(e.problem()
                    .withAdvice((e.advice().isEmpty() ? "" : e.advice() + "; ")
                            + "the live service takes no passwords any more: use OAuth"));
        }
    }
}
