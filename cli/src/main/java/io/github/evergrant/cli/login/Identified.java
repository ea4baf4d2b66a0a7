package io.github.evergrant.cli.login;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.WhoAmI;
import io.github.evergrant.login.Wire;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import org.jspecify.annotations.Nullable;

/** Sees to it that a login is known to be somebody's, and that it is who was expected. */
final class Identified {

    private Identified() {}

    /** @throws LoginFailed {@code wrong_account} when it is not the expected user's, or nobody knows whose it is */
    static LoginResult of(LoginResult login, Method.Kind kind, @Nullable String expected, Wire wire) {
        LoginResult known = kind == Method.Kind.TOKEN_RESPONSE ? login : asked(login, wire);
        Account account = known.account();
        if (expected != null && !isThey(expected, account)) {
            String who = account.username() == null ? account.identityId() : account.username();
            throw new LoginFailed(Problem.of(
                    "wrong_account",
                    "expected " + expected + ", and "
                            + (who == null ? "the provider does not say who logged in" : who + " logged in")
                            + "; nothing was saved"));
        }
        return known;
    }

    private static LoginResult asked(LoginResult login, Wire wire) {
        return login.provider().id().equals(TastytradeProvider.ID)
                ? TastytradeLogin.identified(login, wire)
                : WhoAmI.identify(login, wire);
    }

    /** @param expected a username or an identity id */
    static boolean isThey(String expected, Account account) {
        return expected.equals(account.username()) || expected.equals(account.identityId());
    }
}
