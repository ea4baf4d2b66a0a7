package io.github.evergrant.cli.demo;

import io.github.evergrant.oauth.HostileJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the sandbox has counted at its Globus. */
record Stats(Map<String, @Nullable Object> globus) {

    long requests(String kind) {
        return number(HostileJson.asObject(globus.get("requests")), kind);
    }

    long refused(String kind) {
        return number(HostileJson.asObject(globus.get("refused")), kind);
    }

    long reuses() {
        return number(globus, "reuses");
    }

    long familiesRevoked() {
        return number(globus, "families_revoked");
    }

    long mostRefreshesAtOnce() {
        return number(globus, "max_concurrent_refreshes");
    }

    private static long number(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
