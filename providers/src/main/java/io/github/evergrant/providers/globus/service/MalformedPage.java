package io.github.evergrant.providers.globus.service;

/** A page does not say whether there is another: a field that is needed for it is missing, or is something else. */
public final class MalformedPage extends RuntimeException {

    /** @param field its name */
    public MalformedPage(String field) {
        super("the field '" + field + "' of a page is missing or of the wrong type", null, false, false);
    }
}
