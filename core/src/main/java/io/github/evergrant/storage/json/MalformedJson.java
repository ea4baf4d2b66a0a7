package io.github.evergrant.storage.json;

import io.github.evergrant.storage.MalformedDocument;

/** Text that is not JSON as we read it. The message says where, never what: the text may hold tokens. */
public final class MalformedJson extends MalformedDocument {

    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
