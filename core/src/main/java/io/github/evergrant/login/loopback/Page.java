package io.github.evergrant.login.loopback;

import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a person sees in the browser: mostly when it has come back, of a {@link Form} before it leaves. */
public sealed interface Page {

    /**
     * The login is kept.
     *
     * @param sentence who signed in where, and what was saved; also the title
     * @param revealed what the person asked to see, or null
     */
    record Done(String sentence, @Nullable Revealed revealed) implements Page {
        public Done {
            sentence = Cleaned.text(sentence);
        }
    }

    /**
     * Something secret for its owner's eyes, folded away.
     *
     * @param label what it is
     * @param warning what others could do who get to see it
     * @param value shown whole, in one line
     */
    record Revealed(String label, String warning, Secret value) {
        public Revealed {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(warning, "warning");
            Objects.requireNonNull(value, "value");
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

    /**
     * What a person is asked before they are sent away. What they type never comes back to the page.
     *
     * @param heading also the title
     * @param hints how to come by what is asked for, in order
     * @param fixed to be copied
     * @param fields to be filled in, in order
     * @param button by which the form is sent
     * @param hidden goes with the form, and tells it from others
     * @param leadsTo where the form leads in the end: the only other place that a browser lets it
     * @param problem why it is asked once more; empty at first
     */
    record Form(
            String heading,
            List<Hint> hints,
            Fixed fixed,
            List<Field> fields,
            String button,
            Hidden hidden,
            URI leadsTo,
            String problem)
            implements Page {
        public Form {
            Objects.requireNonNull(heading, "heading");
            hints = List.copyOf(hints);
            Objects.requireNonNull(fixed, "fixed");
            fields = List.copyOf(fields);
            Objects.requireNonNull(button, "button");
            Objects.requireNonNull(hidden, "hidden");
            Objects.requireNonNull(leadsTo, "leadsTo");
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Words with at most one link in them.
     *
     * @param link the words that lead somewhere; empty when there are none
     * @param address where they lead, or null
     */
    record Hint(String before, String link, @Nullable URI address, String after) {}

    /** A value that stands there to be copied. */
    record Fixed(String label, String value) {}

    /**
     * Something to be typed or pasted.
     *
     * @param secret whether nobody may see it while it is typed
     */
    record Field(String name, String label, boolean secret) {}

    /** A value that only our own form can know. */
    record Hidden(String name, Secret value) {}
}
