package io.github.evergrant.sandbox.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query or of a form-encoded body. */
public final class Form {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private boolean broken;

    /** Reads the text; what is wrong with it is said when a parameter is asked for. */
    public static Form parse(@Nullable String text) {
        Form form = new Form();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                form.add(pair);
            }
        }
        return form;
    }

    /** The parameter's value, absent when it is missing or empty; refuses one that occurs twice. */
    public @Nullable String one(String name) {
        if (broken) {
            throw Refusal.badRequest("the parameters are not form-encoded");
        }
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw Refusal.badRequest("the parameter " + name + " occurs more than once");
        }
        return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
    }

    /** The parameter's value; refuses a missing one. */
    public String need(String name) {
        String value = one(name);
        if (value == null) {
            throw Refusal.badRequest("the parameter " + name + " is missing");
        }
        return value;
    }

    /** The first value, whatever else is wrong; absent when there is none. For counting and logging only. */
    public @Nullable String peek(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? null : all.get(0);
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        try {
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        } catch (IllegalArgumentException e) {
            broken = true;
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
