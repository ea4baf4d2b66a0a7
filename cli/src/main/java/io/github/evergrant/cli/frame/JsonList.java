package io.github.evergrant.cli.frame;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints an object on one line whose last property is a list, and each element of that when it comes: there may be too many to
 * keep. Nothing is printed before the first one. For one thread.
 */
public final class JsonList {

    private final PrintStream out;
    private String before;

    JsonList(PrintStream out, String property) {
        this.out = out;
        String object = JsonLine.of(JsonLine.object());
        before = object.substring(0, object.length() - 1) + ",\"" + property + "\":[";
    }

    /** Adds an element. */
    public void add(Map<String, @Nullable Object> element) {
        out.print(before + JsonLine.of(element));
        before = ",";
    }

    /** Ends the line. */
    public void end() {
        out.print((before.equals(",") ? "" : before) + "]}\n");
        out.flush();
    }
}
