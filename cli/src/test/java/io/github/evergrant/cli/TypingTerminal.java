package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A terminal at which a test types. */
final class TypingTerminal implements Terminal {

    private final Deque<UnaryOperator<String>> answers = new ArrayDeque<>();
    private final StringBuilder shown = new StringBuilder();
    private final List<String> hidden = new ArrayList<>();
    private boolean there;
    private boolean output;
    private boolean silent;

    /** Somebody sits there and will type this; what was shown so far is the argument. */
    void types(UnaryOperator<String> answer) {
        there = true;
        answers.add(answer);
    }

    /** Somebody sits there. */
    void isPresent() {
        there = true;
    }

    /** Somebody sits there, and types nothing more, not even the end of input. */
    void isSilent() {
        there = true;
        silent = true;
    }

    void showsStandardOutput() {
        output = true;
    }

    String shown() {
        return shown.toString();
    }

    /** What was asked of which the answer is not shown. */
    List<String> hidden() {
        return List.copyOf(hidden);
    }

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public boolean showsOutput() {
        return output;
    }

    @Override
    public boolean showsErrors() {
        return there;
    }

    @Override
    public void write(String words) {
        shown.append(words);
    }

    /** The end of input when nothing is left to be typed. */
    @Override
    public @Nullable String ask(String prompt) {
        if (!there) {
            throw new AssertionError("asked without a terminal: " + prompt);
        }
        shown.append(prompt);
        UnaryOperator<String> answer = answers.poll();
        return answer == null ? null : answer.apply(shown.toString());
    }

    /** Nobody types until then when nothing is left to be typed and somebody is there who says nothing. */
    @Override
    public @Nullable String ask(String prompt, Duration patience) throws TimeoutException {
        if (silent && answers.isEmpty()) {
            shown.append(prompt);
            throw new TimeoutException();
        }
        return ask(prompt);
    }

    @Override
    public @Nullable String askHidden(String prompt) {
        hidden.add(prompt);
        return ask(prompt);
    }
}
