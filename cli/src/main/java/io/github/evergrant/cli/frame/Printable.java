package io.github.evergrant.cli.frame;

import io.github.evergrant.oauth.Cleaned;
import java.util.Locale;

/** Text from disk or network made fit for a terminal: what cannot be seen is written as {@code \u001b}. */
public final class Printable {

    private Printable() {}

    /** In one line; nothing is lost and nothing acts on the terminal. */
    public static String text(String words) {
        StringBuilder shown = new StringBuilder(words.length());
        words.codePoints().forEach(c -> {
            if (c == ' ' || Cleaned.isVisible(c)) {
                shown.appendCodePoint(c);
            } else if (c > 0xffff) {
                shown.append(String.format(Locale.ROOT, "\\U%08x", c));
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return shown.toString();
    }

    /** Whether a text is shown as it is. */
    public static boolean isClean(String words) {
        for (int i = 0; i < words.length(); i += Character.charCount(words.codePointAt(i))) {
            int c = words.codePointAt(i);
            if (c != ' ' && !Cleaned.isVisible(c)) {
                return false;
            }
        }
        return true;
    }
}
