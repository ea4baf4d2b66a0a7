package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.HostileJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a session's customer.
 *
 * <p>Calls throw {@link io.github.evergrant.error.ProviderRefused} when the service says no, with its words in
 * {@link TastytradeError}; {@link io.github.evergrant.error.TemporarilyUnavailable} when no usable answer came; and what
 * {@link io.github.evergrant.session.Session#token} throws when there is no token to send.
 */
public final class Accounts {

    private static final String PATH = "/customers/me/accounts";

    private Accounts() {}

    /** The open ones, in the order of the service; possibly none. */
    public static List<TradingAccount> get(TastytradeSession session) {
        return get(session, false);
    }

    /**
     * All of them, or the open ones; the request is the same.
     *
     * @param includeClosed whether those that were closed are wanted too
     */
    public static List<TradingAccount> get(TastytradeSession session, boolean includeClosed) {
        Map<String, @Nullable Object> data = session.read(PATH);
        if (!(data.get("items") instanceof List<?> items)) {
            throw session.unreadable(PATH, "it holds no list of accounts");
        }
        List<TradingAccount> accounts = new ArrayList<>();
        for (Object item : items) {
            TradingAccount account = account(
                    session, HostileJson.asObject(HostileJson.asObject(item).get("account")));
            if (includeClosed || !account.isClosed()) {
                accounts.add(account);
            }
        }
        return List.copyOf(accounts);
    }

    /**
     * One of them.
     *
     * @throws InvalidInput {@code account_number_needed} when the number is blank, and then nothing was sent
     */
    public static TradingAccount get(TastytradeSession session, String number) {
        if (number.isBlank()) {
            throw new InvalidInput(Problem.of("account_number_needed", "the number of the account is empty"));
        }
        String encoded = URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20");
        return account(session, session.read(PATH + "/" + encoded));
    }

    private static TradingAccount account(TastytradeSession session, Map<String, @Nullable Object> members) {
        Fields fields = new Fields(members);
        return new TradingAccount(
                fields.text("account-number")
                        .orElseThrow(() -> session.unreadable(PATH, "an account in it has no number")),
                fields);
    }
}
