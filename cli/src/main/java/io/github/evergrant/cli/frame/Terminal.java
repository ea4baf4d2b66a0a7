package io.github.evergrant.cli.frame;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The person's terminal, wherever standard input and output lead. */
public interface Terminal {

    /** Whether a person can be asked. */
    boolean isThere();

    /** Whether standard output goes to it. */
    boolean showsOutput();

    /** Whether standard error goes to it. */
    boolean showsErrors();

    /** Writes to it, as it is. */
    void write(String words);

    /** Writes a prompt and reads a line; null at the end of input. */
    @Nullable
    String ask(String prompt);

    /**
     * The same for so long. What is typed later is lost.
     *
     * @throws TimeoutException when nobody has ended a line by then
     */
    @Nullable
    String ask(String prompt, Duration patience) throws TimeoutException;

    /** As {@link #ask(String)} without showing what is typed. */
    @Nullable
    String askHidden(String prompt);
}
