package io.github.evergrant.storage.file;

/** How a store that other programs may write too says who wrote it. */
public final class Writer {

    /** What we write for the version of the writing program, which nobody interprets. */
    public static final String NAME = "evergrant-0.1.0";

    private Writer() {}

    /** Whether a name is ours, whatever the version. */
    public static boolean isEvergrant(String name) {
        return name.startsWith("evergrant");
    }
}
