package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.Terminal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A terminal at which a test types. */
final class TypingTerminal implements Terminal {

    private final Deque<UnaryOperator<String>> answers = new ArrayDeque<>();
    private final StringBuilder shown = new StringBuilder();
    private boolean there;
    private boolean output;

    /** Somebody sits there and will type this; what was shown so far is the argument. */
    void types(UnaryOperator<String> answer) {
        there = true;
        answers.add(answer);
    }

    /** Somebody sits there. */
    void isPresent() {
        there = true;
    }

    void showsStandardOutput() {
        output = true;
    }

    String shown() {
        return shown.toString();
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

    @Override
    public @Nullable String askHidden(String prompt) {
        return ask(prompt);
    }
}
