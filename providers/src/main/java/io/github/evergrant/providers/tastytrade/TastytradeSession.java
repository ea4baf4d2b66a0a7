package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with tastytrade, by OAuth or by password: what it can ask the API. Safe for many threads.
 *
 * <p>Tokens are renewed by the session itself, before they end. When the API refuses one all the same, it is renewed, if it is
 * still the newest, and a reading is sent once more; anything else is never sent twice. Closing programs log nobody out: only
 * {@link #destroy} does.
 *
 * <p>Calls throw what {@link Accounts} says.
 */
public final class TastytradeSession {

    static final String CUSTOMER = "/customers/me";

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration QUOTES = Duration.ofHours(24);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Session session;
    private final SessionFacts facts;
    private final URI base;
    private final Authorizer authorizer;
    private final TastytradeCalls calls;
    private final InstantSource clock;
    private volatile @Nullable QuoteToken quoteToken;

    private TastytradeSession(Session session, SessionFacts facts, HttpSender http, InstantSource clock) {
        this.session = session;
        this.facts = facts;
        this.base = TastytradeProvider.base(facts.tokenEndpoint());
        this.authorizer = session.authorizer();
        this.calls = new TastytradeCalls(http);
        this.clock = clock;
    }

    /**
     * The API of the environment that the session is of.
     *
     * @throws InvalidInput {@code other_provider} when it is none with tastytrade
     */
    public static TastytradeSession of(Session session, HttpSender http, InstantSource clock) {
        SessionFacts facts = session.facts()
                .filter(known -> known.provider().equals(TastytradeProvider.ID))
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("other_provider", "session '" + session.name() + "' is none with tastytrade")
                                .withSession(session.name())));
        return new TastytradeSession(session, facts, http, clock);
    }

    /**
     * The same by the door to the sessions.
     *
     * @throws io.github.evergrant.error.LoginRequired {@code unknown_session} when there is none of that name
     */
    public static TastytradeSession of(Evergrant door, String name) {
        return of(door.session(name), door.http(), door.settings().clock());
    }

    /**
     * The same, for whoever means one environment.
     *
     * @param meant as {@link TastytradeProvider} describes it
     * @throws InvalidInput {@code other_environment} when the session is of another one; nothing was sent
     */
    public static TastytradeSession of(Session session, ProviderData meant, HttpSender http, InstantSource clock) {
        TastytradeSession found = of(session, http, clock);
        URI base = TastytradeProvider.base(meant.endpoints().token());
        if (!found.environment().equals(meant.environment()) || !found.base.equals(base)) {
            throw new InvalidInput(Problem.of(
                            "other_environment",
                            "session '" + session.name() + "' is of tastytrade's " + found.environment()
                                    + " environment, and its tokens never go to " + meant.environment())
                    .withAdvice("log in there under another name")
                    .withSession(session.name()));
        }
        return found;
    }

    /** The session that holds the tokens. */
    public Session session() {
        return session;
    }

    /** {@link TastytradeProvider#PRODUCTION} or {@link TastytradeProvider#CERTIFICATION}. */
    public String environment() {
        return facts.environment();
    }

    /** Whether it is of the certification environment. */
    public boolean isTest() {
        return environment().equals(TastytradeProvider.CERTIFICATION);
    }

    /** When the token in hand ends, in New York's time as the exchange has it; nothing when no end is known. */
    public Optional<ZonedDateTime> expiration() {
        return session.expiresAt().map(end -> end.atZone(NEW_YORK));
    }

    /**
     * The same for whoever compares it with {@link #nowInNewYork()}, which they need not: every call sees to a token that is good.
     *
     * @return long ago when no end is known, so that who compares renews
     */
    public ZonedDateTime expiresAt() {
        return session.expiresAt().orElse(Instant.EPOCH).atZone(NEW_YORK);
    }

    /** What time it is now in New York, by this machine's clock. */
    public static ZonedDateTime nowInNewYork() {
        return nowInNewYork(InstantSource.system());
    }

    /** What time it is now in New York. */
    public static ZonedDateTime nowInNewYork(InstantSource clock) {
        return clock.instant().atZone(NEW_YORK);
    }

    /** Fetches a new token, due or not. */
    public void refresh() {
        session.renewNow();
    }

    /** Whose session it is. */
    public Customer customer() {
        return new Customer(new Fields(read(CUSTOMER)));
    }

    /** Whether logins by password need a one-time code. */
    public SecondFactor secondFactor() {
        Fields fields = new Fields(read("/users/me/two-factor-method"));
        return new SecondFactor(fields.flag("is-active").orElse(false), fields.text("type"));
    }

    /**
     * A token for quotes that is good now: the one in hand, or a new one when that ends within a minute or there is none. No
     * login and no renewal ever asks for one.
     */
    public QuoteToken quoteToken() {
        QuoteToken known = quoteToken;
        Instant now = clock.instant();
        if (known != null && now.plus(MARGIN).isBefore(known.expiresAt())) {
            return known;
        }
        String path = "/api-quote-tokens";
        Fields fields = new Fields(read(path));
        Optional<Instant> end = fields.time("expires-at");
        QuoteToken fresh = new QuoteToken(
                Secret.of(fields.text("token").orElseThrow(() -> unreadable(path, "it holds no token"))),
                fields.text("dxlink-url"),
                fields.text("level"),
                end.orElseGet(() -> now.plus(QUOTES).minus(MARGIN)),
                end.isEmpty());
        quoteToken = fresh;
        return fresh;
    }

    /**
     * Whether tastytrade still knows the session. Renews nothing.
     *
     * @return false when it says that it does not
     * @throws TemporarilyUnavailable when it does not work at the moment
     */
    public boolean validate() {
        HttpCall call = Wording.bare("POST", uri("/sessions/validate"));
        String header = stored();
        HttpReply reply = calls.send(signed(call, header));
        if (reply.ok()) {
            return true;
        }
        boolean no = (reply.status() == 401 || reply.status() == 403)
                && ErrorEnvelope.in(reply, secrets(header)).json();
        if (no) {
            return false;
        }
        throw TastytradeCalls.refusal(call, reply, secrets(header));
    }

    /**
     * Logs out: ends a session by password at tastytrade, then forgets every session here. An OAuth session is only forgotten,
     * since its grant has no end but the one it is given on the vendor's pages.
     *
     * @return what could not be ended at tastytrade, in words, as a remember token never can; empty when all was
     */
    public Optional<String> destroy() {
        List<String> alive = session.logout(false);
        return TastytradeProvider.isPassword(facts.tokenEndpoint())
                ? alive.stream().findFirst()
                : Optional.empty();
    }

    /**
     * Does some work, then logs out, whatever became of it. What the work throws is thrown, and a logout that failed besides is
     * added to it; without that, what could not be ended is no failure.
     */
    public void destroyAfter(Consumer<TastytradeSession> work) {
        try {
            work.accept(this);
        } catch (RuntimeException e) {
            try {
                destroy()
                        .ifPresent(why -> e.addSuppressed(new TemporarilyUnavailable(
                                Problem.of("not_revoked", "not ended at tastytrade: " + why)
                                        .withSession(session.name()),
                                null)));
            } catch (EvergrantException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        destroy();
    }

    /** The header of the token that is there, good or not. */
    private @Nullable String stored() {
        Standing.Entry entry = session.standing().records().get(session.resourceServer());
        return entry == null ? null : entry.data().access().header();
    }

    /** What a reading of the API holds. */
    Map<String, @Nullable Object> read(String path) {
        HttpCall call = Wording.bare("GET", uri(path));
        String header = authorizer.header();
        HttpReply reply = calls.send(signed(call, header));
        if (isOfToken(reply, header) && authorizer.renewAfterRefusal(Objects.requireNonNull(header))) {
            header = authorizer.header();
            reply = calls.send(signed(call, header));
        }
        return calls.data(call, reply, secrets(header));
    }

    EvergrantException unreadable(String path, String why) {
        return TastytradeCalls.unreadable(Wording.bare("GET", uri(path)), why);
    }

    /** A page of the front end has nothing to do with the token. */
    private static boolean isOfToken(HttpReply reply, @Nullable String header) {
        return header != null
                && reply.status() == 401
                && ErrorEnvelope.in(reply, secrets(header)).json();
    }

    private static HttpCall signed(HttpCall call, @Nullable String header) {
        return header == null ? call : call.withHeader("Authorization", header);
    }

    private static Secret[] secrets(@Nullable String header) {
        return header == null ? new Secret[0] : new Secret[] {Secret.of(header.substring(header.indexOf(' ') + 1))};
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }
}
