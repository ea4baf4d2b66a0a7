package io.github.evergrant.cli.ls;

import io.github.evergrant.cli.frame.CliProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory as it stands on the command line: {@code ENDPOINT[:PATH]}.
 *
 * @param endpoint an id, or a name that is displayed
 * @param isId which of both
 * @param path empty for the default directory
 */
record Place(String endpoint, boolean isId, String path) {

    private static final Pattern BY_ID =
            Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?::(.*))?", Pattern.DOTALL);

    /** A name may have colons of its own, so the path behind one begins with what a name hardly goes on with. */
    private static final Pattern BY_NAME = Pattern.compile("([^:].*?)(?::([/~].*)?)?", Pattern.DOTALL);

    static Place read(String word) {
        Matcher id = BY_ID.matcher(word);
        if (id.matches()) {
            return new Place(id.group(1), true, id.group(2) == null ? "" : id.group(2));
        }
        Matcher name = BY_NAME.matcher(word);
        if (!name.matches() || name.group(1).isBlank()) {
            throw CliProblem.usage("the collection is needed: its id, or its name as it is displayed");
        }
        return new Place(name.group(1), false, name.group(2) == null ? "" : name.group(2));
    }

    /** The directory that this one is in; the default directory's is that itself. */
    Place parent() {
        String trimmed = path.replaceFirst("/+$", "");
        int slash = trimmed.lastIndexOf('/');
        String above = slash < 0 ? "" : slash == 0 ? "/" : trimmed.substring(0, slash);
        return new Place(endpoint, isId, above);
    }

    /** As it would stand on a command line. */
    String word() {
        return path.isEmpty() ? endpoint : endpoint + ":" + path;
    }
}
