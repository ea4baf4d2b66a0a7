package io.github.evergrant.cli.demo;

import io.github.evergrant.token.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a child process came to.
 *
 * @param out standard output without white space at its end
 */
record Answer(int exit, String out, String err) {

    Told told() {
        return Told.in(out);
    }

    /** What it printed, if all went well. */
    String orExit(String printed) {
        return exit == 0 ? printed : "exit code " + exit;
    }

    /** The token that it printed, as tokens are shown. */
    String token() {
        return orExit(shown(out));
    }

    /** Something that was seen, to be told from others and no more. */
    static String shown(String secret) {
        return secret.isEmpty() ? "none" : "sha256 " + Secret.of(secret).prefix();
    }

    /** The same that should be seen again: to have seen nothing twice keeps no promise. */
    static String known(String secret) {
        return secret.isEmpty() ? "one" : shown(secret);
    }

    /** How many ended with which exit code: {@code 63 x 0, 1 x 7}. */
    static String tally(List<Answer> answers) {
        Map<Integer, Integer> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.exit(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " x " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
