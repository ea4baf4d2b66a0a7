package io.github.evergrant.examples;

import static io.github.evergrant.providers.tastytrade.TastytradeSession.nowInNewYork;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.Accounts;
import io.github.evergrant.providers.tastytrade.TastytradeLogin;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.providers.tastytrade.TastytradeSession;
import io.github.evergrant.providers.tastytrade.TradingAccount;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of somebody who has connected an application of theirs to tastytrade: by the session that {@link TastytradeSetUp}
 * has kept, else by the client secret in {@code TT_SECRET} and the refresh token in {@code TT_REFRESH}. Lists them once more for
 * each line that is typed after the session token has ended.
 */
public final class TastytradeAccounts {

    private TastytradeAccounts() {}

    public static void main(String... arguments) {
        try (Evergrant evergrant = Evergrant.open(TastytradeTalk.STORE)) {
            TastytradeSession session = session(evergrant);

            List<TradingAccount> accounts = Accounts.get(session);
            for (TradingAccount each : accounts) {
                Talk.show(
                        List.of(each.number() + " " + each.typeName().orElse("").strip()));
            }

            while (Talk.more()) {
                if (nowInNewYork().isAfter(session.expiresAt())) {
                    session.refresh();
                    System.out.println(Accounts.get(session));
                }
            }
        } catch (EvergrantException e) {
            Talk.giveUp(e);
        }
    }

    private static TastytradeSession session(Evergrant evergrant) {
        if (!evergrant.storage().holds(TastytradeTalk.SESSION)) {
            Secret clientSecret = secret("Client secret: ", System.getenv("TT_SECRET"));
            Secret refreshToken = secret("Refresh token: ", System.getenv("TT_REFRESH"));
            ProviderData production =
                    new TastytradeProvider().describe(TastytradeProvider.PRODUCTION, TastytradeTalk.sandbox());
            LoginResult login = TastytradeLogin.oauth(production, clientSecret, refreshToken, evergrant.wire());
            evergrant.keep(TastytradeTalk.SESSION, login, false);
        }
        return TastytradeSession.of(evergrant, TastytradeTalk.SESSION);
    }

    private static Secret secret(String prompt, @Nullable String variable) {
        return variable == null ? Talk.askSecret(prompt) : Secret.of(variable);
    }
}
