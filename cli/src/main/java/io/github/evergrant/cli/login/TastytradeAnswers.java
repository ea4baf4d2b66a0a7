package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.providers.tastytrade.ChallengeAnswers;
import org.jspecify.annotations.Nullable;

/** What tastytrade asks at a login by password, asked at the terminal; where there is none, the code that was given is all. */
final class TastytradeAnswers implements ChallengeAnswers {

    private final Invocation it;
    private final String session;
    private final @Nullable String given;

    /** @param given the code of an option or a variable, or null */
    TastytradeAnswers(Invocation it, String session, @Nullable String given) {
        this.it = it;
        this.session = session;
        this.given = given;
    }

    /** One that was just sent is not the one that was given before. */
    @Override
    public @Nullable String code(@Nullable String sentTo, boolean again) {
        boolean newer = again || sentTo != null;
        if (given != null && !(newer && it.mayAsk())) {
            return again ? null : given;
        }
        if (!it.mayAsk()) {
            return null;
        }
        String where = sentTo == null ? "" : " sent to " + sentTo;
        String prompt = (again ? "tastytrade refused that code. " : "") + "One-time code" + where + ": ";
        return typed(it.outside().terminal().ask(shown(prompt)));
    }

    /** It stays the same for years, so nobody sees it. */
    @Override
    public String answer(String question) {
        if (!it.mayAsk()) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "tastytrade asks a security question, and the answer needs a person at a terminal",
                    session,
                    it.again(session));
        }
        String prompt = question.isBlank() ? "Answer to your security question: " : question;
        return typed(it.outside().terminal().askHidden(shown(prompt)));
    }

    private static String shown(String prompt) {
        return Printable.text(prompt.stripTrailing()) + " ";
    }

    private String typed(@Nullable String answer) {
        if (answer == null) {
            throw Person.cancelled(it);
        }
        return answer.strip();
    }
}
