package io.github.evergrant.oauth;

import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.util.Collection;
import java.util.regex.Pattern;

/** Somebody else's words, made fit for a message, a terminal and a log. */
public final class Cleaned {

    private static final int MOST = 300;
    private static final int SURELY_LONG = 32;

    private Cleaned() {}

    /** Apart, since they take time to load, which whoever looks at a name alone need not spend. */
    private static final class Forms {
        static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_~+=.-]{20,}");
        static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

        private Forms() {}
    }

    /** Without control, format and other invisible characters, in one line, cut at 300. */
    public static String text(String words) {
        StringBuilder clean = new StringBuilder(Math.min(words.length(), MOST));
        boolean space = false;
        int kept = 0;
        for (int i = 0; i < words.length() && kept < MOST; ) {
            int c = words.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = clean.length() > 0;
            } else if (isVisible(c)) {
                if (space) {
                    clean.append(' ');
                    kept++;
                    space = false;
                }
                clean.appendCodePoint(c);
                kept++;
            }
        }
        return clean.toString();
    }

    /**
     * The same, without what we ourselves sent, and without whatever looks like a token: a server may quote the one it
     * refuses, or another one.
     */
    public static String text(String words, Collection<Secret> sent) {
        String rest = words;
        for (Secret secret : sent) {
            // A one-letter secret would blot out the whole sentence and protect nothing.
            if (secret.reveal().length() > 3) {
                rest = rest.replace(secret.reveal(), "…");
            }
        }
        return text(Forms.TOKEN.matcher(rest).replaceAll(found -> isToken(found.group()) ? "…" : "$0"));
    }

    /** Long, and of the characters that random texts are written with; identifiers of the usual form are none. */
    private static boolean isToken(String run) {
        boolean digits = run.chars().anyMatch(Character::isDigit);
        boolean mixed = run.chars().anyMatch(Character::isUpperCase)
                && run.chars().anyMatch(Character::isLowerCase)
                && run.length() >= SURELY_LONG;
        return (digits || mixed) && !Forms.UUID.matcher(run).matches();
    }

    /** Without the words that cannot be shown. */
    public static Scopes scopes(Scopes scopes) {
        return Scopes.of(scopes.values().stream().filter(Cleaned::isClean).toList());
    }

    /** Whether a text would stay as it is: a name that can be shown. */
    static boolean isClean(String words) {
        return words.length() <= MOST && words.codePoints().allMatch(c -> c == ' ' || isVisible(c));
    }

    /** Bidirectional overrides are format characters: they make a terminal show other words than there are. */
    public static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
