package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.providers.tastytrade.ChallengeAnswers;
import org.jspecify.annotations.Nullable;

/** What tastytrade asks at a login by password, asked at the terminal; where there is none, the code that was given is all. */
final class TastytradeAnswers implements ChallengeAnswers {

    private final Invocation it;
    private final @Nullable String given;

    /** @param given the code of an option or a variable, or null */
    TastytradeAnswers(Invocation it, @Nullable String given) {
        this.it = it;
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
        return asked((again ? "tastytrade refused that code. " : "") + "One-time code" + where + ": ");
    }

    @Override
    public String answer(String question) {
        return asked(question.isBlank() ? "Answer to your security question: " : question + " ");
    }

    private String asked(String prompt) {
        String typed = it.mayAsk() ? it.outside().terminal().ask(Printable.text(prompt.stripTrailing()) + " ") : null;
        if (typed == null) {
            throw Person.cancelled(it);
        }
        return typed.strip();
    }
}
