package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One login by password, from the first request to the reply that holds a session (docs/protocols/tastytrade.md section 4.6).
 * For one thread.
 */
final class PasswordTalk {

    private static final String CHALLENGE = "X-Tastyworks-Challenge-Token";
    private static final String CODE = "X-Tastyworks-OTP";

    private final TastytradeCalls calls;
    private final URI sessions;
    private final URI challenges;
    private final PasswordOrder order;
    private final @Nullable ChallengeAnswers answers;
    private @Nullable String challenge;
    private @Nullable String sentTo;

    /** @param answers who answers what is asked, or null for nobody: then a challenge is not begun */
    PasswordTalk(TastytradeCalls calls, ProviderData data, PasswordOrder order, @Nullable ChallengeAnswers answers) {
        this.calls = calls;
        this.sessions = data.endpoints().token();
        this.challenges = URI.create(TastytradeProvider.base(sessions) + "/device-challenge");
        this.order = order;
        this.answers = answers;
    }

    /** The successful reply. */
    HttpReply run() {
        String code = order.oneTimeCode();
        HttpReply reply = calls.send(login(code));
        ChallengeAnswers person = answers;
        if (!reply.ok() && person != null) {
            String token = reply.header(CHALLENGE).orElse(null);
            if (reply.status() == 403 && token != null && says(reply, "device_challenge_required")) {
                challenge = token;
                takeUp(person);
                reply = withCode(reply, person.code(sentTo, false));
            } else if (wantsCode(reply) && code == null) {
                reply = withCode(reply, person.code(null, false));
            }
            if (wantsCode(reply)) {
                reply = withCode(reply, person.code(sentTo, true));
            }
        }
        if (!reply.ok()) {
            throw refusal(login(null), reply);
        }
        return reply;
    }

    private HttpReply withCode(HttpReply without, @Nullable String code) {
        return code == null ? without : calls.send(login(code));
    }

    /** Only this has the code sent. */
    private void takeUp(ChallengeAnswers person) {
        Fields step = answered(Map.of());
        if (isQuestion(step)) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("challenge-token", String.valueOf(challenge));
            body.put("answer", person.answer(Cleaned.text(step.text("question").orElse(""))));
            step = answered(body);
            if (isQuestion(step)) {
                throw new ProviderRefused(
                        Problem.of("answer_refused", "tastytrade did not take the answer to the security question")
                                .withAdvice("log in again with another answer"));
            }
        }
        if (step.text("step").filter("otp_verification"::equals).isEmpty()) {
            throw TastytradeCalls.unreadable(
                    Wording.bare("POST", challenges), "what it asks for next is not known here");
        }
        sentTo = step.text("phone").map(Cleaned::text).orElse(null);
    }

    private static boolean isQuestion(Fields step) {
        return step.text("step").filter("security_question"::equals).isPresent();
    }

    private Fields answered(Map<String, Object> body) {
        HttpCall call = Wording.post(challenges, body).withHeader(CHALLENGE, String.valueOf(challenge));
        HttpReply reply = calls.send(call);
        // The newest counts, and a reply may bring one.
        challenge = reply.header(CHALLENGE).orElse(challenge);
        return new Fields(calls.data(call, reply, order.secrets()));
    }

    private HttpCall login(@Nullable String code) {
        Secret password = order.password();
        HttpCall call = password == null
                ? RememberWay.login(
                        sessions,
                        order.login(),
                        order.rememberMe(),
                        "remember-token",
                        Objects.requireNonNull(order.rememberToken()).value())
                : RememberWay.login(sessions, order.login(), order.rememberMe(), "password", password);
        String token = challenge;
        if (token != null) {
            call = call.withHeader(CHALLENGE, token);
        }
        String digits = code == null ? "" : code.replaceAll("[\\s\\p{Z}]+", "");
        return digits.isEmpty() ? call : call.withHeader(CODE, digits);
    }

    private boolean wantsCode(HttpReply reply) {
        return !reply.ok() && refusal(login(null), reply).code().startsWith("one_time_code_");
    }

    private boolean says(HttpReply reply, String code) {
        return ErrorEnvelope.in(reply, order.secrets()).says(code);
    }

    private EvergrantException refusal(HttpCall call, HttpReply reply) {
        return TastytradeCalls.refusal(call, reply, order.secrets());
    }
}
