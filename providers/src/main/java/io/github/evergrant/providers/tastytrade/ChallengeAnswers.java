package io.github.evergrant.providers.tastytrade;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who can answer what tastytrade asks at a login by password. Called on the thread of the login, which it may hold as
 * long as a person needs.
 */
public interface ChallengeAnswers {

    /**
     * The one-time code; white space in it does not count.
     *
     * @param sentTo a telephone number or an address, masked, cleaned; null when tastytrade does not say where it sent it
     * @param again whether the one before was refused: nobody is asked a third time
     * @return null when there is none: then the login is refused as it stands
     */
    @Nullable
    String code(@Nullable String sentTo, boolean again);

    /**
     * The answer to a security question.
     *
     * @param question cleaned, possibly empty
     */
    String answer(String question);
}
