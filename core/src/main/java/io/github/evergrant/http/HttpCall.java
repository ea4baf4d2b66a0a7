package io.github.evergrant.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One request to send.
 *
 * <p>Its text form shows method and address without query, never headers or body.
 *
 * @param method in upper case
 * @param uri absolute
 * @param headers one value a name
 * @param body possibly empty
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares calls, and a body may be large
public record HttpCall(String method, URI uri, Map<String, String> headers, byte[] body) {

    public HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of("Accept", "application/json"), new byte[0]);
    }

    public static HttpCall postForm(URI uri, String form) {
        return new HttpCall(
                "POST",
                uri,
                Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header, in the place of a former one of that name. */
    public HttpCall withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.keySet().removeIf(name::equalsIgnoreCase);
        all.put(name, value);
        return new HttpCall(method, uri, all, body);
    }

    /** The address without user information, query and fragment, for messages. */
    public String place() {
        return Addresses.place(uri);
    }

    @Override
    public String toString() {
        return method + " " + place();
    }
}
