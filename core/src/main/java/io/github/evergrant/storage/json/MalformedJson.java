package io.github.evergrant.storage.json;

/** Text that is not JSON as we read it. The message says where, never what: the text may hold tokens. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
