package io.github.evergrant.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line as it was given, to be shown again with a change. */
final class SameCommand {

    private static final String PROGRAM = "evergrant";
    private static final String STORE = "--store";
    private static final Set<String> WITH_VALUE = Set.of("-s", "--session", STORE, "--color", "--timeout", "--ca-file");
    /** Addresses of other kinds may hold a password. */
    private static final Set<String> SHOWN_STORES = Set.of("json", "json1", "sqlite", "memory", "agave");

    private final List<String> words;

    SameCommand(List<String> words) {
        this.words = shown(words);
    }

    /** Whether the address of a store can hold no password. */
    static boolean isShown(String store) {
        int colon = store.indexOf(':');
        return colon > 0 && SHOWN_STORES.contains(store.substring(0, colon));
    }

    /** The command's name. */
    @Nullable
    String name() {
        return word(0);
    }

    /** The word of that number that is no option, counted from the command's name; null when there are not so many. */
    @Nullable
    String word(int number) {
        int at = operand(number);
        return at < 0 ? null : words.get(at);
    }

    /** The value of an option of the command's own; null when it is not there. */
    @Nullable
    String value(String option) {
        // What stands behind two dashes is another program's.
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            if (words.get(i).startsWith(option + "=")) {
                return words.get(i).substring(option.length() + 1);
            }
            if (words.get(i).equals(option) && i + 1 < words.size()) {
                return words.get(i + 1);
            }
        }
        return null;
    }

    /** Without these options, which have no values. */
    String withoutFlags(String... options) {
        return withoutAll(List.of(), List.of(options));
    }

    /** Without these options, and the values of those that have some. */
    String withoutAll(List<String> withValues, List<String> flags) {
        List<String> left = words;
        for (String option : withValues) {
            left = without(left, option, null);
        }
        return line(left.stream().filter(word -> !flags.contains(word)).toList());
    }

    /** Without an option and its value; with something in their place, if that is not null. */
    String without(String option, @Nullable String instead) {
        return line(without(words, option, instead));
    }

    /** The same without an option and its value. */
    SameCommand lacking(String option) {
        return new SameCommand(without(words, option, null));
    }

    private static List<String> without(List<String> words, String option, @Nullable String instead) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean apart = words.get(i).equals(option);
            if (apart || words.get(i).startsWith(option + "=")) {
                i += apart ? 1 : 0;
                if (instead != null) {
                    all.add(instead);
                }
            } else {
                all.add(words.get(i));
            }
        }
        return all;
    }

    /** In another store. */
    String inStore(String address) {
        return inStore(address, line(without(words, STORE, null)));
    }

    /** In another store, where the session may have another name. */
    String inStore(String address, String session, String nameThere) {
        SameCommand elsewhere = new SameCommand(without(words, STORE, null));
        String renamed = session.equals(nameThere) ? null : elsewhere.renamed(session, nameThere);
        return inStore(address, renamed == null ? elsewhere.forSession(nameThere) : renamed);
    }

    private static String inStore(String address, String line) {
        return PROGRAM + " " + ShellWords.line(List.of(STORE, address)) + line.substring(PROGRAM.length());
    }

    /** With this word before all others. */
    String with(String option) {
        List<String> all = new ArrayList<>(List.of(option));
        all.addAll(words);
        return line(all);
    }

    /**
     * With an option and its value right behind the command's name, where even those commands read it that pass words on.
     *
     * @param session to be named as well, or null when it is named already
     */
    String withOption(@Nullable String session, String option, String value) {
        List<String> all = new ArrayList<>(words);
        all.addAll(operand(0) + 1, List.of(option, value));
        if (session != null) {
            all.addAll(0, List.of("-s", session));
        }
        return line(all);
    }

    /** With another word in the place of one that names a session; null when none is it. */
    @Nullable
    String renamed(String from, String to) {
        int at = operand(2);
        if (!"sessions".equals(name()) || at < 0 || !words.get(at).equals(from)) {
            return null;
        }
        List<String> all = new ArrayList<>(words);
        all.set(at, to);
        return line(all);
    }

    /** With another word in the place of one behind the command's name; as it is when that is not there. */
    SameCommand replaced(String from, String to) {
        int at = operand(1);
        if (at < 0 || !words.get(at).equals(from)) {
            return this;
        }
        List<String> all = new ArrayList<>(words);
        all.set(at, to);
        return new SameCommand(all);
    }

    /** For a session by name, in the place where one is named already. */
    String forSession(@Nullable String session) {
        List<String> all = new ArrayList<>();
        boolean placed = session == null || ("sessions".equals(name()) && session.equals(word(2)));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--no-input") && "login".equals(name())) {
                continue;
            }
            if (session == null || !namesSession(word)) {
                all.add(word);
                continue;
            }
            i += word.equals("-s") || word.equals("--session") ? 1 : 0;
            if (!placed) {
                all.addAll(List.of("-s", session));
                placed = true;
            }
        }
        if (!placed && session != null) {
            all.addAll(List.of("-s", session));
        }
        return line(all);
    }

    private static boolean namesSession(String word) {
        return word.equals("--session")
                || word.startsWith("--session=")
                || (word.startsWith("-s") && !word.startsWith("--"));
    }

    /** Where the word stands that is the command's name or, further on, what it is given; -1 when there is none. */
    private int operand(int number) {
        int left = number;
        for (int i = 0; i < words.size(); i++) {
            if (WITH_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-") && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> shown(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean value = word.equals(STORE) && i + 1 < words.size();
            if (value && !isShown(words.get(i + 1))) {
                i++;
            } else if (!word.startsWith(STORE + "=") || isShown(word.substring(STORE.length() + 1))) {
                shown.add(word);
            }
        }
        return List.copyOf(shown);
    }

    private static String line(List<String> words) {
        List<String> all = new ArrayList<>(List.of(PROGRAM));
        all.addAll(words);
        return ShellWords.line(all);
    }
}
