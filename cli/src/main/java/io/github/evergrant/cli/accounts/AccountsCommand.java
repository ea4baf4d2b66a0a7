package io.github.evergrant.cli.accounts;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.report.TastytradeSessions;
import io.github.evergrant.providers.tastytrade.Accounts;
import io.github.evergrant.providers.tastytrade.TastytradeSession;
import io.github.evergrant.providers.tastytrade.TradingAccount;
import io.github.evergrant.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the trading accounts of the session's customer, or tells of one. */
@Command(
        name = "accounts",
        description =
                "Lists the tastytrade accounts of the session's customer that are open, or tells of one by its number.",
        footer = {
            "  evergrant accounts -s tastytrade",
            "  evergrant accounts --include-closed --json",
            "  evergrant accounts 5WX00001"
        })
public final class AccountsCommand implements CliCommand {

    @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "Only this account.")
    private @Nullable String number;

    @Option(names = "--include-closed", description = "Those that were closed, too.")
    private boolean includeClosed;

    @Override
    public int run(Invocation it) {
        String one = number;
        if (one != null && includeClosed) {
            throw CliProblem.usage("--include-closed is for the list of accounts");
        }
        Session session = it.session();
        TastytradeSession tastytrade = TastytradeSessions.of(it, session);
        List<TradingAccount> accounts =
                one == null ? Accounts.get(tastytrade, includeClosed) : List.of(Accounts.get(tastytrade, one));
        print(it, session, accounts);
        return Exits.DONE;
    }

    private static void print(Invocation it, Session session, List<TradingAccount> accounts) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session.name());
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            accounts.forEach(account -> all.add(json(account)));
            json.put("accounts", all);
            it.voice().json(json);
        } else if (accounts.isEmpty()) {
            it.voice().say("Session " + session.name() + " has no accounts that are open.");
        } else {
            Table table = new Table("NUMBER", "NICKNAME", "TYPE", "MARGIN OR CASH", "STATE");
            accounts.forEach(account -> table.row(
                    account.number(),
                    account.nickname().orElse("-"),
                    account.typeName().orElse("-"),
                    account.marginOrCash().orElse("-"),
                    account.isClosed() ? "closed" : "open"));
            it.voice().print(table.lines());
        }
    }

    /** Every member that the service sent, by its own names. */
    private static Map<String, @Nullable Object> json(TradingAccount account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("number", account.number());
        json.put("nickname", account.nickname().orElse(null));
        json.put("type", account.typeName().orElse(null));
        json.put("margin_or_cash", account.marginOrCash().orElse(null));
        json.put("closed", account.isClosed());
        json.put("opened_at", account.openedAt().map(Object::toString).orElse(null));
        json.put("fields", account.fields().all());
        return json;
    }
}
