package io.github.evergrant.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param system of which system
 * @param what what was looked at
 * @param promised what it should be
 * @param seen what the sandbox counted, a child process answered, or stands in a file
 */
record Row(Toured system, String what, String promised, String seen) {

    boolean kept() {
        return promised.equals(seen);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", system.id());
        json.put("what", what);
        json.put("promised", promised);
        json.put("seen", seen);
        json.put("kept", kept());
        return json;
    }
}
