package io.github.evergrant.providers.globus.app;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which scopes a program needs, by resource server. Who one speaks for is always needed. Immutable. */
record Requirements(Map<String, List<GlobusScope>> byResourceServer) {

    static final String AUTH = "auth.globus.org";

    Requirements {
        byResourceServer = Collections.unmodifiableMap(new LinkedHashMap<>(byResourceServer));
    }

    static Requirements of(Map<String, List<GlobusScope>> asked) {
        Requirements all = new Requirements(Map.of());
        for (Map.Entry<String, List<GlobusScope>> each : asked.entrySet()) {
            all = all.plus(each.getKey(), each.getValue());
        }
        return all.plus(AUTH, List.of(GlobusScope.of("openid")));
    }

    /** @throws InvalidInput {@code no_scopes} when none is named, {@code no_resource_server} when that has no name */
    Requirements plus(String resourceServer, Collection<GlobusScope> scopes) {
        if (resourceServer.isBlank()) {
            throw new InvalidInput(Problem.of("no_resource_server", "a resource server has a name"));
        }
        if (scopes.isEmpty()) {
            throw new InvalidInput(Problem.of("no_scopes", "no scope of " + resourceServer + " was named")
                    .withAdvice("name one"));
        }
        List<GlobusScope> united = new ArrayList<>(of(resourceServer));
        united.addAll(scopes);
        Map<String, List<GlobusScope>> all = new LinkedHashMap<>(byResourceServer);
        all.put(resourceServer, GlobusScopes.merge(united));
        return new Requirements(all);
    }

    List<GlobusScope> of(String resourceServer) {
        return byResourceServer.getOrDefault(resourceServer, List.of());
    }

    /** All of them, and some more, for one login. */
    List<GlobusScope> with(Collection<GlobusScope> more) {
        List<GlobusScope> all = new ArrayList<>();
        byResourceServer.values().forEach(all::addAll);
        all.addAll(more);
        return GlobusScopes.merge(all);
    }
}
