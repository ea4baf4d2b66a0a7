package io.github.evergrant.providers.globus.scope;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads a scope parameter from left to right. For one text. */
final class ScopeReader {

    private static final int LONGEST = 100_000;

    /** What stands before the place that is read. */
    private enum Last {
        NOTHING,
        SPACE,
        MARK,
        NAME,
        OPENED,
        CLOSED
    }

    private final String text;
    private final ScopeGraph graph = new ScopeGraph();
    private final Deque<String> parents = new ArrayDeque<>();
    private String name = "";
    private Last last = Last.NOTHING;

    /** Whether anything but spaces has come since the last bracket was opened. */
    private boolean filled;

    ScopeReader(String text) {
        this.text = text;
    }

    ScopeGraph read() {
        if (text.length() > LONGEST) {
            throw ScopeGraph.tooLarge();
        }
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (last == Last.MARK && GlobusScope.SPECIAL.indexOf(c) >= 0) {
                throw malformed("a scope must follow \"*\"");
            }
            switch (c) {
                case ' ' -> last = Last.SPACE;
                case '*' -> mark();
                case '[' -> open();
                case ']' -> close();
                default -> {
                    int end = endOfName(at);
                    named(text.substring(at, end));
                    at = end - 1;
                }
            }
            at++;
        }
        if (last == Last.MARK) {
            throw malformed("a scope must follow \"*\"");
        }
        if (!parents.isEmpty()) {
            throw malformed("a bracket is never closed");
        }
        return graph;
    }

    private int endOfName(int start) {
        int end = start;
        while (end < text.length() && GlobusScope.SPECIAL.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void mark() {
        if (last == Last.CLOSED) {
            throw malformed("only a space or another bracket may follow \"]\"");
        }
        last = Last.MARK;
    }

    private void named(String found) {
        if (last == Last.CLOSED) {
            throw malformed("only a space or another bracket may follow \"]\"");
        }
        boolean optional = last == Last.MARK;
        String parent = parents.peek();
        if (parent == null) {
            graph.add(found, optional);
        } else {
            graph.add(parent, found, optional);
        }
        name = found;
        filled = true;
        last = Last.NAME;
    }

    private void open() {
        if (last != Last.NAME) {
            throw malformed("the name of a scope must stand directly before \"[\"");
        }
        parents.push(name);
        filled = false;
        last = Last.OPENED;
    }

    private void close() {
        if (parents.isEmpty()) {
            throw malformed("there is a \"]\" without a \"[\"");
        }
        if (!filled) {
            throw malformed("there is nothing between brackets");
        }
        parents.pop();
        last = Last.CLOSED;
    }

    private static InvalidInput malformed(String why) {
        return new InvalidInput(Problem.of("scope_malformed", "the scopes cannot be read: " + why));
    }
}
