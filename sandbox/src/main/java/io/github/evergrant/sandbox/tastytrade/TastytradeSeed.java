package io.github.evergrant.sandbox.tastytrade;

import io.github.evergrant.sandbox.token.Person;
import java.util.List;

/**
 * What a tastytrade begins with.
 *
 * @param environments all there are; the first is the default of {@code /_sandbox/grant}
 * @param traders everyone who has accounts, in every environment
 * @param code the one-time code that is always right
 * @param answer the answer to the security question
 */
public record TastytradeSeed(
        List<TastytradeEnvironment> environments, List<Trader> traders, String code, String answer) {

    public TastytradeSeed {
        environments = List.copyOf(environments);
        traders = List.copyOf(traders);
    }

    /** What a login by password needs besides the password. */
    public enum Guard {
        /** Nothing. */
        NONE,
        /** A one-time code, at once. */
        CODE,
        /** A device challenge: a one-time code that is sent when it is asked for. */
        DEVICE,
        /** A device challenge that begins with a security question. */
        QUESTION
    }

    /** Somebody with accounts. */
    public record Trader(Person person, Guard guard) {}
}
