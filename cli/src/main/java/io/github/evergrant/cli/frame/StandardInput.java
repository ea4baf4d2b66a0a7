package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard input, which one option of a command can have. For one thread. */
public final class StandardInput {

    private static final int MOST = 8 << 20;

    private final InputStream in;
    private @Nullable String owner;

    StandardInput(InputStream in) {
        this.in = in;
    }

    /**
     * Says that an option will read it. To be called before anything is done or sent.
     *
     * @throws InvalidInput {@code stdin_twice} when another option has said so
     */
    public void claim(String option) {
        if (owner != null && !owner.equals(option)) {
            throw new InvalidInput(Problem.of(
                    "stdin_twice", owner + " and " + option + " both read standard input; give one of them otherwise"));
        }
        owner = option;
    }

    /** All of it as text. */
    public String text(String option) {
        return new String(bytes(option, MOST), StandardCharsets.UTF_8);
    }

    /** All of it. */
    public byte[] bytes(String option, int most) {
        claim(option);
        try {
            byte[] all = in.readNBytes(most + 1);
            if (all.length > most) {
                throw new InvalidInput(
                        Problem.of("stdin_too_long", "standard input is longer than " + most + " bytes"));
            }
            return all;
        } catch (IOException e) {
            throw new InvalidInput(Problem.of("stdin_unreadable", "standard input cannot be read")
                    .withCause(e));
        }
    }

    /**
     * All of it without white space around it.
     *
     * @throws InvalidInput {@code stdin_empty} when nothing is left
     */
    public String word(String option) {
        String text = text(option).strip();
        if (text.isEmpty()) {
            throw new InvalidInput(Problem.of("stdin_empty", option + " reads standard input, and it is empty"));
        }
        return text;
    }
}
