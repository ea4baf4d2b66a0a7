package io.github.evergrant.login.loopback;

import io.github.evergrant.oauth.Cleaned;
import java.util.Objects;

/** What a person sees in the browser when it has come back. */
public sealed interface Page {

    /**
     * The login is kept.
     *
     * @param sentence who signed in where, and what was saved; also the title
     */
    record Done(String sentence) implements Page {
        public Done {
            sentence = Cleaned.text(sentence);
        }
    }

    /**
     * Somebody said no, or something went wrong.
     *
     * @param sentence in plain words
     * @param code the provider's, else ours, for whoever is asked for help
     * @param next the command to run, or what else to do; empty for nothing
     */
    record Refused(String sentence, String code, String next) implements Page {
        public Refused {
            sentence = Cleaned.text(sentence);
            code = Cleaned.text(code);
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * Somebody else signed in than was expected.
     *
     * @param sentence who came, who was expected, and that nothing was saved
     * @param next as for {@link Refused}
     */
    record WrongAccount(String sentence, String next) implements Page {
        public WrongAccount {
            sentence = Cleaned.text(sentence);
            Objects.requireNonNull(next, "next");
        }
    }

    /** Not the answer this login waits for, or another one after it. Names nobody: anybody may have come. */
    record Stale() implements Page {}

    /** The answer is here, and the provider has not yet given the tokens for it. Comes again by itself. */
    record Finishing() implements Page {}
}
