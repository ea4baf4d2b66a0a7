package io.github.evergrant.providers.agave.saved;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Agave's programs save their sessions on a machine: {@code TAPIS_CACHE_DIR}, {@code TAPIS_CACHE}, {@code
 * AGAVE_CACHE_DIR}, else {@code ~/.agave} (docs/protocols/agave.md section 2.12).
 *
 * <p>The Python library's {@code save_configs} and {@code load_configs} look at none of the variables: where one is set
 * they must be given the folder. Immutable and safe for many threads.
 */
public final class AgaveFolder {

    private static final List<String> VARIABLES = List.of("TAPIS_CACHE_DIR", "TAPIS_CACHE", "AGAVE_CACHE_DIR");

    private final Map<String, String> variables;

    /** @param variables what stands for the environment of the process */
    public AgaveFolder(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public static AgaveFolder ofThisMachine() {
        return new AgaveFolder(System.getenv());
    }

    /** The folder; nothing need be there. */
    public Path path() {
        for (String name : VARIABLES) {
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return Path.of(value);
            }
        }
        return home().resolve(".agave");
    }

    /** A folder that was given, else {@link #path()}. */
    public Path path(@Nullable Path given) {
        return given == null ? path() : given;
    }

    /** Where the older file may be, in the order in which it is looked for (docs/protocols/agave.md section 4.6). */
    public List<Path> legacy() {
        return List.of(home().resolve(".agpy"), Path.of("/etc/.agpy"), Path.of("/root/.agpy"), Path.of("/.agpy"));
    }

    /** As Python finds it: {@code user.home} ignores {@code HOME} on Unix. */
    private Path home() {
        String home = variables.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    }
}
