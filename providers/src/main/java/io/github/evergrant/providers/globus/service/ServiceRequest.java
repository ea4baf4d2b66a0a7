package io.github.evergrant.providers.globus.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to a service. Immutable if its body is.
 *
 * @param method in upper case
 * @param path below the service's address, not encoded: {@code v0.10/task_list}; or a whole address of the same service
 * @param query behind the path
 * @param body what is sent as JSON: Map, Iterable, CharSequence, Number, Boolean; null for no body
 * @param isRepeatable whether it may be sent again though the server may have acted on it already
 */
public record ServiceRequest(
        String method, String path, Query query, @Nullable Object body, boolean isRepeatable) {

    /** The parameters of pages that are numbers. */
    private static final Set<String> COUNTS = Set.of("limit", "offset");

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    public ServiceRequest {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("no method: " + method);
        }
    }

    public static ServiceRequest get(String path) {
        return new ServiceRequest("GET", path, Query.NONE, null, true);
    }

    /** Sent again only if it was not acted on for certain: see {@link #repeatable}. */
    public static ServiceRequest post(String path, Map<String, ? extends @Nullable Object> body) {
        return new ServiceRequest("POST", path, Query.NONE, body, false);
    }

    /** May be sent again: to put something there twice is to put it there (RFC 9110 section 9.2.2). */
    public static ServiceRequest put(String path, Map<String, ? extends @Nullable Object> body) {
        return new ServiceRequest("PUT", path, Query.NONE, body, true);
    }

    /** May be sent again: what is gone stays gone (RFC 9110 section 9.2.2). */
    public static ServiceRequest delete(String path) {
        return new ServiceRequest("DELETE", path, Query.NONE, null, true);
    }

    /** The same with these parameters, in the place of any of the same names. */
    public ServiceRequest with(Query more) {
        return new ServiceRequest(method, path, query.with(more), body, isRepeatable);
    }

    /**
     * The same, but sent again even though the server may have acted on it: it changes nothing, or the server knows the
     * second one for the first.
     */
    public ServiceRequest repeatable() {
        return new ServiceRequest(method, path, query, body, true);
    }

    /** The same with these parameters in its body, which has to be an object. */
    ServiceRequest withInBody(Query parameters) {
        if (!(body instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("the body of " + this + " is no object");
        }
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(fields);
        for (String name : parameters.names()) {
            String value = parameters.first(name);
            all.put(name, value != null && COUNTS.contains(name) ? (Object) Long.valueOf(value) : value);
        }
        return new ServiceRequest(method, path, query, all, isRepeatable);
    }

    /** Method and path; the rest may be anything. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
