package io.github.evergrant.examples;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.token.Secret;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;

/** A talk with whoever sits at the terminal; without one, what standard input holds is taken for the answers. */
@SuppressWarnings("SystemConsoleNull") // Newer JDKs have a console always, and it reads standard input, too.
final class Talk {

    private static final Scanner INPUT = new Scanner(System.in, StandardCharsets.UTF_8);

    private Talk() {}

    /** Asks for a line. */
    static String ask(String prompt) {
        Console console = System.console();
        return answered(console == null ? read(prompt) : console.readLine("%s", prompt));
    }

    /** Asks for something that no terminal shows. */
    static Secret askSecret(String prompt) {
        Console console = System.console();
        if (console == null) {
            return Secret.of(answered(read(prompt)));
        }
        char[] typed = console.readPassword("%s", prompt);
        String answer = answered(typed == null ? null : new String(typed));
        Arrays.fill(typed, ' ');
        return Secret.of(answer);
    }

    /** Whether somebody typed another line; waits until they have, or have ended the input. */
    static boolean more() {
        if (!INPUT.hasNextLine()) {
            return false;
        }
        INPUT.nextLine();
        return true;
    }

    /** Prints lines as they are; what could act on a terminal is a question mark. */
    static void show(List<String> lines) {
        for (String line : lines) {
            StringBuilder shown = new StringBuilder();
            line.codePoints().forEach(c -> shown.appendCodePoint(c == ' ' || Cleaned.isVisible(c) ? c : '?'));
            System.out.println(shown);
        }
    }

    /** Says what went wrong and what to do next, and ends the program with status 1. */
    static void giveUp(EvergrantException failure) {
        System.err.println(failure.getMessage());
        if (!failure.advice().isEmpty()) {
            System.err.println(failure.advice());
        }
        System.exit(1);
    }

    private static @Nullable String read(String prompt) {
        System.out.print(prompt);
        System.out.flush();
        return INPUT.hasNextLine() ? INPUT.nextLine() : null;
    }

    private static String answered(@Nullable String answer) {
        if (answer == null) {
            throw new InvalidInput(Problem.of("input_ended", "nobody answered").withAdvice("run it at a terminal"));
        }
        return answer;
    }
}
