package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Secrets;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.PasswordOrder;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A login with tastytrade: by a grant of one's own OAuth application, or by password as it was before. */
final class TastytradeTalk {

    private static final Set<String> CODE_WANTED = Set.of("device_challenge_required", "one_time_code_needed");

    private final Invocation it;
    private final TastytradeProvider tastytrade;
    private final ProviderData data;
    private final String name;
    private final LoginOptions options;
    private final Optional<SessionFacts> former;
    private final Wire wire;

    /**
     * @param data of OAuth
     * @param name what the session is called
     */
    TastytradeTalk(Invocation it, TastytradeProvider tastytrade, ProviderData data, String name, LoginOptions options) {
        this.it = it;
        this.tastytrade = tastytrade;
        this.data = data;
        this.name = name;
        this.options = options;
        this.former = options.former(it, name, data);
        this.wire = it.door().wire();
    }

    /**
     * Logs in, and keeps it under the name that is meant.
     *
     * @param oauth whether anything says that it is to be by OAuth
     * @return nothing when there is no grant yet, and somebody has to make one
     */
    Optional<Kept> hold(Method.Kind kind, boolean oauth) {
        Method method = options.method();
        if (options.tastytrade().byPassword(options.person())) {
            if (method.bringsTokens()) {
                throw CliProblem.usage("a login is by password or by refresh token, not by both");
            }
            // Whatever tokens a variable holds: what is said counts more.
            return Optional.of(byPassword());
        }
        boolean reply = kind == Method.Kind.TOKEN_RESPONSE;
        Secret refreshToken = reply
                ? null
                : kind == Method.Kind.REFRESH_TOKEN
                        ? method.refreshToken(it)
                        : grantToken(method).orElse(null);
        if (!reply && refreshToken == null && !oauth && wasByPassword()) {
            return Optional.of(byPassword());
        }
        if (reply) {
            LoginRequest request = request();
            LoginResult login = TokenReplyLogin.read(
                    request, it.input().text(Method.REPLY_STDIN), it.outside().clock());
            return Optional.of(keep(request, kind, login));
        }
        if (refreshToken == null) {
            return Optional.empty();
        }
        LoginRequest request = request();
        LoginResult login = TastytradeLogin.oauth(request, refreshToken, wire);
        return Optional.of(keep(request, Method.Kind.REFRESH_TOKEN, login));
    }

    /** A session goes on as it was begun; nobody begins one by password who does not say so. */
    private boolean wasByPassword() {
        return former.filter(known -> TastytradeProvider.isPassword(known.tokenEndpoint()))
                .isPresent();
    }

    private Kept keep(LoginRequest request, Method.Kind kind, LoginResult login) {
        return new Storing(it, options.wanted(name, request), kind, wire).keep(login);
    }

    private Kept byPassword() {
        Person person = options.person();
        ProviderData ours = tastytrade.describePassword(data.environment(), data.base());
        String username = person.username(
                it, "tastytrade username: ", former.map(SessionFacts::account).map(Account::username));
        LoginLock lock = new LoginLock(it, ours, username);
        lock.requireOpen(it.now());
        String code = options.tastytrade().code(it).orElse(null);
        PasswordOrder order = PasswordOrder.of(username, person.password(it, "tastytrade password: "))
                .withRememberMe(options.tastytrade().remember() || isRemembered())
                .withOneTimeCode(code);
        // Whoever cannot say a code does not have one sent.
        TastytradeAnswers answers = it.mayAsk() || code != null ? new TastytradeAnswers(it, name, code) : null;
        LoginResult login;
        try {
            login = TastytradeLogin.password(ours, order, answers, wire);
        } catch (ProviderRefused e) {
            throw answers == null && CODE_WANTED.contains(e.code()) ? codeWanted(e) : e;
        } catch (TemporarilyUnavailable e) {
            if (e.code().equals("account_locked")) {
                e.retryAt().ifPresent(lock::close);
            }
            throw e;
        }
        lock.open();
        return keep(LoginRequest.of(tastytrade, ours, login.client(), Scopes.NONE), Method.Kind.PASSWORD, login);
    }

    /** A session that could be renewed so far goes on so, whoever logs it in again. */
    private boolean isRemembered() {
        return former.filter(known -> TastytradeProvider.isPassword(known.tokenEndpoint()))
                .filter(known -> it.look(name).standing().hasRefreshToken())
                .isPresent();
    }

    /** Without a person there; with one, the answers ask. */
    private CliProblem codeWanted(ProviderRefused e) {
        return CliProblem.of(
                Exits.USAGE,
                "one_time_code_needed",
                (e.code().equals("device_challenge_required")
                                ? "tastytrade does not know this device, and asks for a one-time code"
                                : "tastytrade asks for a one-time code")
                        + "; nobody can be asked here: give it with --otp or EVERGRANT_OTP",
                name,
                it.again(name) + " --otp CODE");
    }

    /** What programs of tastytrade's users are told by a variable; a sandbox, whose log everybody may read, gets nothing of it. */
    private Optional<Secret> grantToken(Method method) {
        if (method.isOfPersonAsked() || method.browser().showsRefreshToken()) {
            return Optional.empty();
        }
        if (it.sandbox().isPresent()
                && Stream.of("TT_REFRESH", "TT_REFRESH_FILE")
                        .anyMatch(name -> !it.outside().variable(name).isBlank())) {
            it.voice()
                    .warn(
                            "variable_not_read",
                            "TT_REFRESH is not read: EVERGRANT_SANDBOX is set, and a real grant stays away from the sandbox");
        }
        return ofTheirs("TT_REFRESH");
    }

    private Optional<Secret> ofTheirs(String variable) {
        return it.sandbox().isPresent() ? Optional.empty() : new Secrets(it).variable(variable);
    }

    private LoginRequest request() {
        return LoginRequest.of(tastytrade, data, client(), Scopes.NONE);
    }

    /** Its id is never sent, and need not be known. */
    private Client client() {
        ClientChoice choice = options.client();
        Optional<Client> known = former.map(SessionFacts::client).filter(client -> client.secret() != null);
        String id = choice.id().or(() -> known.map(Client::id)).orElse("");
        return choice.secret(it)
                .or(() -> ofTheirs("TT_SECRET"))
                .map(secret -> tastytrade.client(id, secret))
                .or(() -> known.filter(client -> client.id().equals(id)))
                .or(() -> data.base() == null ? Optional.empty() : tastytrade.sandboxClient())
                .orElseGet(() -> tastytrade.client(id, typed()));
    }

    private Secret typed() {
        if (!it.mayAsk()) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "client_secret_needed",
                    "a login with tastytrade needs the secret of the OAuth application: set TT_SECRET or"
                            + " EVERGRANT_CLIENT_SECRET, or give it with --client-secret-file",
                    name,
                    it.again(name) + " --client-secret-file F");
        }
        String secret = it.outside().terminal().askHidden("tastytrade client secret: ");
        if (secret == null || secret.isBlank()) {
            throw Person.cancelled(it);
        }
        return Secret.of(secret.strip());
    }
}
