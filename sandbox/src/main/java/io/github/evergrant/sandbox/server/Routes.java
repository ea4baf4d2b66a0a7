package io.github.evergrant.sandbox.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A dialect's paths. Filled once, then safe for all threads. */
public final class Routes {

    private final Map<String, Map<String, Function<Request, Call>>> paths = new LinkedHashMap<>();
    private final Map<String, Function<Request, Call>> addresses = new LinkedHashMap<>();

    /** Those of the paths that have a segment which varies. */
    private final Map<Pattern, Map<String, Function<Request, Call>>> patterns = new LinkedHashMap<>();

    /** Adds a path whose requests are all of one kind. A segment {@code *} stands for any, unless the very path is there. */
    public Routes on(String method, String path, String kind, Call.Work work) {
        Call call = new Call(kind, work);
        return on(method, path, request -> call);
    }

    /** Adds a path whose requests have to be read to know what they ask for. */
    public Routes on(String method, String path, Function<Request, Call> sorter) {
        Map<String, Function<Request, Call>> methods = paths.computeIfAbsent(path, key -> new LinkedHashMap<>());
        methods.put(method, sorter);
        if (path.contains("/*")) {
            String regex = Pattern.quote(path).replace("/*", "/\\E[^/]+\\Q");
            patterns.putIfAbsent(Pattern.compile(regex), methods);
        }
        return this;
    }

    /** Adds everything that begins with a path and has no entry of its own. */
    public Routes below(String path, Function<Request, Call> sorter) {
        addresses.put(path, sorter);
        return this;
    }

    /** The call a request makes; for an unknown path or method one that answers 404 or 405. */
    public Call find(Request request) {
        Map<String, Function<Request, Call>> methods = paths.get(request.path());
        for (Map.Entry<Pattern, Map<String, Function<Request, Call>>> one : patterns.entrySet()) {
            if (methods == null && one.getKey().matcher(request.path()).matches()) {
                methods = one.getValue();
            }
        }
        if (methods == null) {
            for (Map.Entry<String, Function<Request, Call>> address : addresses.entrySet()) {
                if (request.path().startsWith(address.getKey())) {
                    return address.getValue().apply(request);
                }
            }
            return new Call(RequestKind.UNKNOWN, any -> Reply.error(404, "not_found", "there is nothing here"));
        }
        Function<Request, Call> sorter = methods.get(request.method());
        if (sorter == null) {
            String allowed = String.join(", ", methods.keySet());
            return new Call(
                    RequestKind.UNKNOWN,
                    any -> Reply.error(405, "method_not_allowed", "only " + allowed + " here")
                            .with("Allow", allowed));
        }
        return sorter.apply(request);
    }
}
