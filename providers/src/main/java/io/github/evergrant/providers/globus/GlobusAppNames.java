package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a GlobusApp calls its folder. */
final class GlobusAppNames {

    private static final String REPLACED = "<>:\"/\\|?*";
    private static final Pattern RESERVED = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

    /** What Python does not print, the space apart, which is replaced before. */
    private static final Set<Integer> UNPRINTABLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.SPACE_SEPARATOR,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private GlobusAppNames() {}

    /**
     * The folder's name (docs/protocols/globus.md section 1.11).
     *
     * @throws InvalidInput {@code bad_app_name} when an app cannot have that name
     */
    static String slug(String appName) {
        StringBuilder kept = new StringBuilder();
        appName.codePoints().forEach(c -> {
            if (REPLACED.indexOf(c) >= 0) {
                kept.append('+');
            } else if (c == '.' || c == ' ') {
                kept.append('-');
            } else if (!UNPRINTABLE.contains(Character.getType(c))) {
                kept.appendCodePoint(c);
            }
        });
        String slug = kept.toString().toLowerCase(Locale.ROOT);
        if (slug.isEmpty() || RESERVED.matcher(slug).matches()) {
            throw new InvalidInput(Problem.of(
                            "bad_app_name",
                            slug.isEmpty()
                                    ? "nothing of the app's name can stand in a file name"
                                    : "an app cannot be called '" + slug + "': some systems have no such file")
                    .withAdvice("choose another name"));
        }
        return slug;
    }
}
