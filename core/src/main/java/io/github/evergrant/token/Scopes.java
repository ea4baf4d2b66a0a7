package io.github.evergrant.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a token, each once, in the order they were first named (RFC 6749 section 3.3).
 *
 * @param values the scope words; possibly none
 */
public record Scopes(List<String> values) {

    /** No scopes. */
    public static final Scopes NONE = new Scopes(List.of());

    private static final String WHITE = " \t\n\r\f\u000b";

    public Scopes {
        values = List.copyOf(new LinkedHashSet<>(values));
    }

    /** By hand, as {@link #hashCode}: what a record gets by itself is made when it first runs, which short programs feel. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scopes scopes && values.equals(scopes.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    public static Scopes of(String... values) {
        return new Scopes(List.of(values));
    }

    public static Scopes of(Collection<String> values) {
        return new Scopes(List.copyOf(values));
    }

    /**
     * Reads words separated by white space. Between square brackets that belong together it is part of a word, as one space:
     * some servers write there what a scope depends on, {@code a[b c]}. Other brackets are letters like any.
     */
    public static Scopes parse(String text) {
        BitSet brackets = text.indexOf('[') < 0 ? new BitSet() : brackets(text);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        boolean apart = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (WHITE.indexOf(c) >= 0) {
                apart = true;
                continue;
            }
            if (apart && depth > 0) {
                word.append(' ');
            } else if (apart && word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
            apart = false;
            word.append(c);
            if (brackets.get(i)) {
                depth += c == '[' ? 1 : -1;
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return new Scopes(words);
    }

    /** Where the brackets are that belong together. */
    private static BitSet brackets(String text) {
        BitSet found = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '[') {
                open.push(i);
            } else if (text.charAt(i) == ']' && !open.isEmpty()) {
                found.set(open.pop());
                found.set(i);
            }
        }
        return found;
    }

    /** The words separated by one space. */
    public String text() {
        return String.join(" ", values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether every word of the other is among ours. */
    public boolean containsAll(Scopes other) {
        return values.containsAll(other.values);
    }

    /** Ours, then those of the other that we lack. */
    public Scopes plus(Scopes other) {
        LinkedHashSet<String> all = new LinkedHashSet<>(values);
        all.addAll(other.values);
        return new Scopes(List.copyOf(all));
    }

    @Override
    public String toString() {
        return text();
    }
}
