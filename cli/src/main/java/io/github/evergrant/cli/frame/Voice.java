package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is printed for scripts, and what is said to people. */
public final class Voice {

    private static final String WARNING = "evergrant: warning: ";

    private final Outside outside;
    private final Globals globals;

    Voice(Outside outside, Globals globals) {
        this.outside = outside;
        this.globals = globals;
    }

    /** A line on standard output, as it is, at once. */
    public void print(String line) {
        outside.out().print(line + "\n");
        outside.out().flush();
    }

    public void print(List<String> lines) {
        lines.forEach(line -> outside.out().print(line + "\n"));
        outside.out().flush();
    }

    /** A value on standard output, as JSON on one line. */
    public void json(Map<String, ?> object) {
        print(JsonLine.of(object));
    }

    /** The same, with a list that comes piece by piece as its last property. */
    public JsonList jsonList(String property) {
        return new JsonList(outside.out(), property);
    }

    /** A sentence for a person, on standard error; not with {@code --quiet}. */
    public void say(String sentence) {
        if (!globals.quiet) {
            error(Printable.text(sentence));
        }
    }

    /** A sentence that a person must not miss. */
    public void warn(String sentence) {
        warn("warning", sentence);
    }

    /** The same for an error that did not stop us; {@code suffix} says what is true all the same. */
    public void warn(EvergrantException e, String suffix) {
        String words = String.valueOf(e.getMessage());
        warn(e.code(), (words.endsWith(".") ? words.substring(0, words.length() - 1) : words) + suffix);
    }

    /** @param code what a script knows it by */
    public void warn(String code, String sentence) {
        if (globals.json) {
            Map<String, @Nullable Object> words = new LinkedHashMap<>();
            words.put("code", code);
            words.put("message", sentence);
            error(JsonLine.of(Map.of("warning", words)));
        } else {
            error(WARNING
                    + Printable.text(Times.spoken(sentence, outside.clock().instant())));
        }
    }

    /** A line on standard error, as it is. */
    void error(String line) {
        outside.err().print(line + "\n");
        outside.err().flush();
    }
}
