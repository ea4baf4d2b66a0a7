package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Trader;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What somebody with a token can read: the customer, the accounts, the second factor, quote tokens. */
final class TastytradePapers {

    private static final String BEGINNING = "2020-01-02T15:04:05.678+00:00";
    private static final String ACCOUNTS = "/customers/me/accounts";

    private final TastytradeSeed seed;
    private final TastytradeSessions sessions;
    private final Randomness random;
    private final InstantSource clock;

    TastytradePapers(TastytradeSeed seed, TastytradeSessions sessions, Randomness random, InstantSource clock) {
        this.seed = seed;
        this.sessions = sessions;
        this.random = random;
        this.clock = clock;
    }

    /** The members that the service sends to everybody. */
    Reply customer(Request request, TastytradeEnvironment environment) {
        Person person = holder(request, environment).person();
        int space = person.name().indexOf(' ');
        ObjectNode json = Json.object()
                .put("id", "me")
                .put("first-name", person.name().substring(0, space))
                .put("last-name", person.name().substring(space + 1));
        json.set("address", address());
        json.set("mailing-address", address());
        json.put("is-foreign", false)
                .put("usa-citizenship-type", "Citizen")
                .put("mobile-phone-number", "5550000001")
                .put("birth-date", "1980-01-01")
                .put("email", person.email())
                .put("external-id", externalId('C', person))
                .put("tax-number-type", "SSN")
                .put("agreed-to-margining", true)
                .put("subject-to-tax-withholding", false)
                .put("has-industry-affiliation", false)
                .put("has-listed-affiliation", false)
                .put("has-political-affiliation", false)
                .put("has-delayed-quotes", false)
                .put("has-pending-or-approved-application", true)
                .put("is-professional", false);
        ObjectNode type = json.putArray("permitted-account-types")
                .addObject()
                .put("name", "Individual")
                .put("description", "One owner")
                .put("is_tax_advantaged", false)
                .put("is_publicly_available", true)
                .put("has_multiple_owners", false);
        type.putArray("margin_types").addObject().put("name", "Cash").put("is_margin", false);
        return TastytradeReplies.data(200, json.put("created-at", BEGINNING), "/customers/me");
    }

    /** The open one and the closed one. */
    Reply accounts(Request request, TastytradeEnvironment environment) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        accounts(holder(request, environment), environment).forEach(account -> {
            ObjectNode item = items.addObject();
            item.set("account", account);
            item.put("authority-level", "owner");
        });
        return TastytradeReplies.data(200, json, ACCOUNTS);
    }

    Reply account(Request request, TastytradeEnvironment environment, String number) {
        return accounts(holder(request, environment), environment).stream()
                .filter(each -> each.get("account-number").stringValue().equals(number))
                .findFirst()
                .map(found -> TastytradeReplies.data(200, found, ACCOUNTS + "/" + number))
                .orElseThrow(() -> TastytradeReplies.error(404, "record_not_found", "Couldn't find that account"));
    }

    Reply secondFactor(Request request, TastytradeEnvironment environment) {
        Trader trader = holder(request, environment);
        ObjectNode json = Json.object();
        if (trader.guard() == TastytradeSeed.Guard.NONE) {
            json.put("is-active", false);
        } else {
            json.put("is-active", true).put("type", "sms");
        }
        return TastytradeReplies.data(200, json, "/users/me/two-factor-method");
    }

    /** A new one each time; in the certification environment nobody says when it ends. */
    Reply quoteToken(Request request, TastytradeEnvironment environment, String context) {
        holder(request, environment);
        Instant now = clock.instant();
        ObjectNode json = Json.object()
                .put("token", random.opaque("sandbox-qt-"))
                .put("dxlink-url", "wss://quotes.example.org/realtime")
                .put("level", "api")
                .put("issued-at", now.toString());
        if (environment.quoteTokensEnd()) {
            json.put("expires-at", now.plus(Duration.ofHours(24)).toString());
        }
        return TastytradeReplies.data(200, json, context);
    }

    /** What stands in the place of a number that the service gives. */
    static String externalId(char kind, Person person) {
        return kind + person.id().replace("-", "").substring(0, 10).toUpperCase(Locale.ROOT);
    }

    private Trader holder(Request request, TastytradeEnvironment environment) {
        Person person = sessions.holder(request, environment)
                .orElseThrow(TastytradeReplies::tokenInvalid)
                .grant()
                .person();
        return seed.traders().stream()
                .filter(each -> each.person().equals(person))
                .findFirst()
                .orElseThrow(TastytradeReplies::tokenInvalid);
    }

    private List<ObjectNode> accounts(Trader trader, TastytradeEnvironment environment) {
        int first = seed.traders().indexOf(trader) * 10 + 1;
        List<ObjectNode> accounts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            boolean closed = i == 1;
            ObjectNode json = Json.object()
                    .put("account-number", String.format(Locale.ROOT, "%s%05d", environment.accountPrefix(), first + i))
                    .put("external-id", externalId('A', trader.person()))
                    .put("opened-at", BEGINNING)
                    .put("nickname", "Individual")
                    .put("account-type-name", "Individual")
                    .put("day-trader-status", false)
                    .put("is-closed", closed)
                    .put("is-firm-error", false)
                    .put("is-firm-proprietary", false)
                    .put("is-futures-approved", true)
                    .put("is-test-drive", false)
                    .put("margin-or-cash", "Margin")
                    .put("is-foreign", false)
                    .put("funding-date", "2020-01-03")
                    .put("investment-objective", "SPECULATION")
                    .put("suitable-options-level", "No Restrictions")
                    .put("created-at", BEGINNING);
            accounts.add(closed ? json.put("closed-at", "2021-01-01T00:00:00.000+00:00") : json);
        }
        return accounts;
    }

    private static ObjectNode address() {
        return Json.object()
                .put("city", "Chicago")
                .put("country", "USA")
                .put("is-domestic", true)
                .put("is-foreign", false)
                .put("postal-code", "60601")
                .put("state-region", "IL")
                .put("street-one", "1 Example St");
    }
}
