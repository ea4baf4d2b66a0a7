package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Guard;
import io.github.evergrant.sandbox.tastytrade.TastytradeSeed.Trader;
import io.github.evergrant.sandbox.token.OneTime;
import io.github.evergrant.sandbox.token.Randomness;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a login by password needs besides the password: one-time codes, and challenges to devices that nobody knows. */
final class TastytradeChallenges {

    private static final String TOKEN = "X-Tastyworks-Challenge-Token";
    private static final String CODE = "X-Tastyworks-OTP";

    private final TastytradeSeed seed;
    private final OneTime<Challenge> open;

    TastytradeChallenges(TastytradeSeed seed, Randomness random, InstantSource clock) {
        this.seed = seed;
        this.open = new OneTime<>("sandbox-ch-", random, clock);
    }

    /**
     * Somebody who has shown the right password.
     *
     * @param codeSent whether the code was sent, which alone makes it worth something
     */
    private record Challenge(Trader trader, String environment, boolean codeSent) {}

    void clear() {
        open.clear();
    }

    /** Refuses a login that lacks what its trader needs. */
    void pass(Request request, Trader trader, TastytradeEnvironment environment) {
        if (trader.guard() == Guard.NONE) {
            return;
        }
        String code = request.header(CODE);
        if (trader.guard() == Guard.CODE) {
            if (code == null) {
                throw TastytradeReplies.error(403, "otp_required", "A one-time password is required");
            }
            requireRight(code);
            return;
        }
        String token = request.header(TOKEN);
        if (token == null) {
            throw challenged(trader, environment);
        }
        Optional<Challenge> challenge = open.peek(token)
                .filter(found -> found.trader().equals(trader)
                        && found.codeSent()
                        && found.environment().equals(environment.name()));
        if (challenge.isEmpty() || code == null) {
            throw unknown();
        }
        requireRight(code);
        open.take(token);
    }

    /** {@code POST /device-challenge}. */
    Reply answer(Request request, TastytradeEnvironment environment) {
        String token = request.header(TOKEN);
        Challenge challenge = Optional.ofNullable(token)
                .flatMap(open::peek)
                .filter(found -> found.environment().equals(environment.name()))
                .orElseThrow(TastytradeChallenges::unknown);
        String answer = TastytradeReplies.text(TastytradeReplies.fields(request), "answer");
        if (challenge.trader().guard() == Guard.QUESTION && !seed.answer().equals(answer)) {
            ObjectNode asked =
                    Json.object().put("step", "security_question").put("question", "What is your favourite colour?");
            return TastytradeReplies.data(200, asked, "/device-challenge");
        }
        open.take(String.valueOf(token));
        String next = open.put(new Challenge(challenge.trader(), challenge.environment(), true));
        ObjectNode sent = Json.object().put("step", "otp_verification").put("phone", "********1234");
        redirect(sent, "/sessions", "required-headers", TOKEN, CODE);
        return TastytradeReplies.data(200, sent, "/device-challenge").with(TOKEN, next);
    }

    private Refusal challenged(Trader trader, TastytradeEnvironment environment) {
        String token = open.put(new Challenge(trader, environment.name(), false));
        ObjectNode json =
                TastytradeReplies.errorOf("device_challenge_required", "Device authentication challenge required");
        redirect((ObjectNode) json.get("error"), "/device-challenge", "required_headers", TOKEN);
        return new Refusal(Reply.json(403, json).with(TOKEN, token));
    }

    private static void redirect(ObjectNode json, String url, String listName, String... headers) {
        ObjectNode redirect = json.putObject("redirect").put("method", "POST").put("url", url);
        ArrayNode list = redirect.putArray(listName);
        for (String header : headers) {
            list.add(header);
        }
    }

    private void requireRight(String code) {
        if (!seed.code().equals(code)) {
            throw TastytradeReplies.error(403, "otp_invalid", "The one-time password is not right");
        }
    }

    private static Refusal unknown() {
        return TastytradeReplies.error(403, "invalid_challenge", "The challenge is not known, or has ended");
    }
}
