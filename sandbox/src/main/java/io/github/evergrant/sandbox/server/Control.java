package io.github.evergrant.sandbox.server;

import io.github.evergrant.sandbox.token.Person;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls under {@code /_sandbox/}: {@code GET stats}, {@code GET requests?since=N}, {@code POST grant},
 * {@code POST lifetime}, {@code POST expire}, {@code POST faults} and {@code POST reset}. They are neither logged nor counted, and no fault
 * touches them.
 */
final class Control {

    static final String PREFIX = "/_sandbox/";
    private static final long LONGEST_LIFETIME = Duration.ofDays(3650).toSeconds();

    private final Ledger ledger;
    private final List<Person> people;
    private final Routes routes;

    Control(Ledger ledger, List<Person> people) {
        this.ledger = ledger;
        this.people = people;
        this.routes = new Routes()
                .on("GET", PREFIX + "stats", "stats", request -> stats())
                .on("GET", PREFIX + "requests", "requests", this::requests)
                .on("POST", PREFIX + "grant", "grant", this::grant)
                .on("POST", PREFIX + "lifetime", "lifetime", this::lifetime)
                .on("POST", PREFIX + "expire", "expire", this::expire)
                .on("POST", PREFIX + "faults", "faults", this::faults)
                .on("POST", PREFIX + "reset", "reset", request -> reset());
    }

    Reply answer(Request request) {
        return routes.find(request).work().run(request);
    }

    private Reply stats() {
        ObjectNode json = Json.object();
        ledger.dialects.forEach(
                (name, dialect) -> json.set(name, ledger.tally(dialect).json(dialect)));
        return Reply.json(200, json);
    }

    private Reply requests(Request request) {
        String since = request.query().one("since");
        if (since != null && !since.matches("[0-9]{1,18}")) {
            throw Refusal.badRequest("since must be a whole number");
        }
        return Reply.json(200, ledger.log.json(since == null ? 0 : Long.parseLong(since)));
    }

    private Reply grant(Request request) {
        Fields fields = new Fields(Json.parse(request.body()));
        Dialect dialect = ledger.dialect(fields.text("dialect"));
        Person person = person(fields.text("user"));
        Duration lifetime = lifetime(fields, "expires_in", 0);
        GrantOrder order = new GrantOrder(
                person == null ? people.get(0) : person,
                fields.text("client"),
                fields.texts("scopes"),
                lifetime,
                fields.flag("refresh", true));
        fields.done();
        return dialect.grant(order);
    }

    private static @Nullable Duration lifetime(Fields fields, String name, long least) {
        long seconds = fields.number(name, least, LONGEST_LIFETIME, -1);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    private Reply lifetime(Request request) {
        Fields fields = new Fields(Json.parse(request.body()));
        Dialect dialect = ledger.dialect(fields.text("dialect"));
        Duration lifetime = lifetime(fields, "seconds", 1);
        fields.done();
        dialect.tokens().live(lifetime);
        return Reply.json(200, Json.object().put("seconds", lifetime == null ? null : lifetime.toSeconds()));
    }

    private Reply expire(Request request) {
        Fields fields = optionalFields(request);
        String name = fields.text("dialect");
        Person person = person(fields.text("user"));
        fields.done();
        List<Dialect> dialects = name == null ? List.copyOf(ledger.dialects.values()) : List.of(ledger.dialect(name));
        int expired = dialects.stream()
                .mapToInt(dialect -> dialect.tokens().expire(person))
                .sum();
        return Reply.json(200, Json.object().put("expired", expired));
    }

    private Reply faults(Request request) {
        List<FaultRule> rules = new FaultReader(ledger.dialects.keySet()).read(Json.parse(request.body()));
        ledger.faults.set(rules);
        return Reply.json(200, Json.object().put("rules", rules.size()));
    }

    private Reply reset() {
        ledger.clear();
        return Reply.json(200, Json.object().put("reset", true));
    }

    private @Nullable Person person(@Nullable String login) {
        if (login == null) {
            return null;
        }
        return people.stream()
                .filter(person -> person.login().equals(login))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("user must be one of "
                        + people.stream().map(Person::login).collect(Collectors.joining(", "))));
    }

    private static Fields optionalFields(Request request) {
        return new Fields(request.body().isBlank() ? Json.object() : Json.parse(request.body()));
    }
}
