package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Call;
import io.github.evergrant.sandbox.server.Dialect;
import io.github.evergrant.sandbox.server.GrantOrder;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.server.RequestKind;
import io.github.evergrant.sandbox.token.AuthorizationCode;
import io.github.evergrant.sandbox.token.AuthorizationRequest;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import io.github.evergrant.sandbox.token.TokenPolicy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * tastytrade: each environment below {@code /tastytrade/NAME/}. To the common request kinds it adds
 * {@code sessions.password}, {@code sessions.remember}, {@code sessions.validate}, {@code sessions.destroy},
 * {@code device_challenge}, {@code customers.me}, {@code accounts.list}, {@code accounts.get}, {@code two_factor_method} and
 * {@code quote_tokens}. Who does not say by {@code User-Agent} what it is gets a page in the place of every answer. Safe for
 * all threads.
 */
public final class TastytradeDialect implements Dialect {

    static final String NAME = "tastytrade";

    private static final Pattern AGENT = Pattern.compile("[^/\\s]+/[^/\\s]+(?:\\s.*)?");

    private final String base;
    private final TastytradeSeed seed;
    private final TokenBook tokens;
    private final TastytradeTokens endpoint;
    private final TastytradeAuthorize authorize;
    private final OneTime<AuthorizationRequest> tickets;
    private final OneTime<AuthorizationCode> codes;
    private final TastytradeSessions sessions;
    private final TastytradeChallenges challenges;
    private final TastytradePapers papers;

    /**
     * tastytrade at that base address.
     *
     * @param base the sandbox's address, without a slash at the end
     * @param policy of which only the lifetime counts: refresh tokens are not replaced here
     */
    public TastytradeDialect(
            String base, TastytradeSeed seed, TokenPolicy policy, Randomness random, InstantSource clock) {
        this.base = base + "/" + NAME + "/";
        this.seed = seed;
        tokens =
                new TokenBook(new TokenPolicy(policy.accessTokenLifetime(), false, policy.reuseGrace()), random, clock);
        tickets = new OneTime<>("sandbox-ticket-", random, clock);
        codes = new OneTime<>("sandbox-code-", random, clock);
        endpoint = new TastytradeTokens(tokens, codes);
        authorize = new TastytradeAuthorize(
                seed.traders().stream().map(TastytradeSeed.Trader::person).toList(), tickets, codes);
        challenges = new TastytradeChallenges(seed, random, clock);
        sessions = new TastytradeSessions(seed, tokens, challenges, random, clock);
        papers = new TastytradePapers(seed, sessions, random, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        seed.environments().forEach(each -> places.put(each.name(), base + each.name()));
        return places;
    }

    @Override
    public Call call(Request request) {
        Call call = sort(request);
        String agent = request.header("User-Agent");
        return agent != null && AGENT.matcher(agent).matches()
                ? call
                : new Call(call.kind(), call.refreshToken(), any -> TastytradeReplies.withoutAgent());
    }

    private Call sort(Request request) {
        List<String> path = request.segments();
        TastytradeEnvironment environment = path.isEmpty() ? null : named(path.get(0));
        if (environment == null) {
            return nothing();
        }
        List<String> rest = path.subList(1, path.size());
        return switch (String.join("/", rest)) {
            case "sessions" -> sessions(request, environment);
            case "sessions/validate" ->
                only("POST", request, new Call("sessions.validate", any -> sessions.validate(any, environment)));
            case "device-challenge" ->
                only("POST", request, new Call("device_challenge", any -> challenges.answer(any, environment)));
            case "auth.html" -> authorize(request, environment);
            case "oauth/token" -> only("POST", request, endpoint.sort(request, environment));
            case "customers/me" ->
                only("GET", request, new Call("customers.me", any -> papers.customer(any, environment)));
            case "customers/me/accounts" ->
                only("GET", request, new Call("accounts.list", any -> papers.accounts(any, environment)));
            case "users/me/two-factor-method" ->
                only("GET", request, new Call("two_factor_method", any -> papers.secondFactor(any, environment)));
            case "api-quote-tokens", "quote-streamer-tokens" ->
                only(
                        "GET",
                        request,
                        new Call(
                                "quote_tokens",
                                any -> papers.quoteToken(any, environment, "/" + String.join("/", rest))));
            default -> account(request, environment, rest);
        };
    }

    private Call sessions(Request request, TastytradeEnvironment environment) {
        return switch (request.method()) {
            case "POST" -> sessions.create(request, environment);
            case "DELETE" -> new Call("sessions.destroy", any -> sessions.destroy(any, environment));
            default -> notAllowed("POST, DELETE");
        };
    }

    private Call authorize(Request request, TastytradeEnvironment environment) {
        return switch (request.method()) {
            case "GET" -> new Call(RequestKind.AUTHORIZE, any -> authorize.page(any, environment));
            case "POST" -> new Call(RequestKind.AUTHORIZE_DECISION, authorize::decide);
            default -> notAllowed("GET, POST");
        };
    }

    private Call account(Request request, TastytradeEnvironment environment, List<String> path) {
        boolean one = path.size() == 4 && path.subList(0, 3).equals(List.of("customers", "me", "accounts"));
        return one
                ? only("GET", request, new Call("accounts.get", any -> papers.account(any, environment, path.get(3))))
                : nothing();
    }

    @Override
    public Reply grant(GrantOrder order) {
        String id = order.client();
        TastytradeEnvironment environment = id == null
                ? seed.environments().get(0)
                : seed.environments().stream()
                        .filter(each -> each.client().id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Refusal.badRequest("client is not known to tastytrade: " + id));
        return endpoint.open(
                order.person(),
                environment,
                order.lifetime() == null ? tokens.lifetime() : order.lifetime(),
                order.refresh());
    }

    @Override
    public TokenBook tokens() {
        return tokens;
    }

    @Override
    public void clear() {
        tokens.clear();
        tickets.clear();
        codes.clear();
        sessions.clear();
    }

    private @Nullable TastytradeEnvironment named(String name) {
        return seed.environments().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Call only(String method, Request request, Call call) {
        return request.method().equals(method) ? call : notAllowed(method);
    }

    private static Call nothing() {
        return new Call(RequestKind.UNKNOWN, any -> {
            throw TastytradeReplies.error(404, "not_found", "there is nothing here");
        });
    }

    private static Call notAllowed(String allowed) {
        return new Call(RequestKind.UNKNOWN, any -> {
            throw TastytradeReplies.error(405, "method_not_allowed", "only " + allowed + " here");
        });
    }
}
