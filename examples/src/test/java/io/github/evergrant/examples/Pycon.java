package io.github.evergrant.examples;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * The talks with Python's prompt in a document.
 *
 * @param turns in their order
 */
record Pycon(List<Turn> turns) {

    private static final String PROMPT = ">>> ";

    /**
     * One line of code.
     *
     * @param printed what is shown for it, up to the next empty line: questions with their answers, and results
     */
    record Turn(String code, List<String> printed) {}

    static Pycon cut(String document) {
        List<Turn> turns = new ArrayList<>();
        List<String> printed = null;
        for (String line : document.split("\n", -1)) {
            String words = line.strip();
            if (words.startsWith(PROMPT)) {
                printed = new ArrayList<>();
                turns.add(new Turn(words.substring(PROMPT.length()), printed));
            } else if (words.isEmpty()) {
                printed = null;
            } else if (printed != null) {
                printed.add(words);
            }
        }
        return new Pycon(List.copyOf(turns));
    }

    /** What is shown for the line of code that begins so. */
    List<String> printed(String code) {
        return turns.stream()
                .filter(turn -> turn.code().startsWith(code))
                .findFirst()
                .orElseThrow()
                .printed();
    }

    /** Code and what is shown for it. */
    String text() {
        return turns.stream()
                .map(turn -> turn.code() + "\n" + String.join("\n", turn.printed()))
                .collect(joining("\n"));
    }

    /** The only block of some language, without its margin. */
    static String block(String document, String language) {
        List<String> all = blocks(document, language);
        if (all.size() != 1) {
            throw new AssertionError("not one block of " + language);
        }
        return all.get(0);
    }

    /** The blocks of some language in their order, each without its margin. */
    static List<String> blocks(String document, String language) {
        String mark = ".. code-block:: " + language + "\n\n";
        List<String> all = new ArrayList<>();
        for (int at = document.indexOf(mark); at >= 0; at = document.indexOf(mark, at + 1)) {
            String rest = document.substring(at + mark.length());
            String margin =
                    rest.substring(0, rest.length() - rest.stripLeading().length());
            all.add(rest.lines()
                    .takeWhile(line -> line.isEmpty() || line.startsWith(margin))
                    .map(line -> line.isEmpty() ? line : line.substring(margin.length()))
                    .collect(joining("\n"))
                    .strip());
        }
        return List.copyOf(all);
    }
}
