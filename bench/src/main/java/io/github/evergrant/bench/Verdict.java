package io.github.evergrant.bench;

/** What a row says of a promise. */
enum Verdict {
    /** It is there to be compared with. */
    NONE(""),
    KEPT("ok"),
    BROKEN("NOT KEPT");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Verdict of(boolean kept) {
        return kept ? KEPT : BROKEN;
    }
}
