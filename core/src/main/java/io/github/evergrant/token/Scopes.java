package io.github.evergrant.token;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scopes of a token, each once, in the order they were first named (RFC 6749 section 3.3).
 *
 * @param values the scope words; possibly none
 */
public record Scopes(List<String> values) {

    /** No scopes. */
    public static final Scopes NONE = new Scopes(List.of());

    public Scopes {
        values = List.copyOf(new LinkedHashSet<>(values));
    }

    public static Scopes of(String... values) {
        return new Scopes(List.of(values));
    }

    public static Scopes of(Collection<String> values) {
        return new Scopes(List.copyOf(values));
    }

    /** Reads words separated by white space. */
    public static Scopes parse(String text) {
        return new Scopes(Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toList()));
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
